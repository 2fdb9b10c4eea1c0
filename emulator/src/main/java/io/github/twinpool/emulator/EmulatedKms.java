package io.github.twinpool.emulator;

/**
 * As much of KMS in one Region as the key of a user pool needs: making, describing, listing,
 * replicating, enabling and disabling keys, their tags and their policies. It encrypts nothing.
 * What was just made can be seen after {@link CognitoEmulator.Builder#consistencyDelay}.
 * Thread-safe.
 */
public final class EmulatedKms extends EmulatedService {
  private final CurrentService<JsonService> service;

  EmulatedKms(CurrentService<JsonService> service, EmulatorHttpServer server) {
    super("KMS", server, () -> service.get().calls(), () -> service.get().denials());
    this.service = service;
  }

  void serve(JsonService next) {
    service.replace(next);
  }
}
