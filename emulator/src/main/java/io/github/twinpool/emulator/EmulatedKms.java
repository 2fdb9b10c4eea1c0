package io.github.twinpool.emulator;

import java.net.URI;

/**
 * As much of KMS in one Region as the key of a user pool needs, on a port of its own: making,
 * describing, listing, replicating, enabling and disabling keys, their tags and their policies. It
 * encrypts nothing. What was just made can be seen after {@link
 * CognitoEmulator.Builder#consistencyDelay}. Thread-safe.
 */
public final class EmulatedKms {
  private final KmsService service;
  private final EmulatorHttpServer server;

  EmulatedKms(KmsService service, EmulatorHttpServer server) {
    this.service = service;
    this.server = server;
  }

  /** Where the API answers: {@code http://127.0.0.1:{port}}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Refuses these operations with AccessDeniedException from now on, and no others. */
  public void deny(String... operations) {
    service.denials().deny(operations);
  }

  /** How many requests of an operation reached the service. */
  public long calls(String operation) {
    return service.calls().of(operation);
  }

  /** Switches to another outage, which is in force when this returns. */
  public void outage(Outage outage) {
    server.outage(outage);
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "KMS at " + endpoint();
  }
}
