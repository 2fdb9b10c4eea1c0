package io.github.twinpool.emulator;

/**
 * As much of AWS WAF (WAFV2) in one Region as tells whether a user pool has a web ACL: making
 * regional ones, associating them with the Region's pool or replica, and asking for a pool's. No
 * rule is ever evaluated. Thread-safe.
 */
public final class EmulatedWaf extends EmulatedService {
  private final CurrentService<JsonService> service;

  EmulatedWaf(CurrentService<JsonService> service, EmulatorHttpServer server) {
    super("WAF", server, () -> service.get().calls(), () -> service.get().denials());
    this.service = service;
  }

  void serve(JsonService next) {
    service.replace(next);
  }
}
