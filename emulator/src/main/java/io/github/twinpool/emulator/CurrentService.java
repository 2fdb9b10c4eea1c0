package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;

/**
 * What a server's requests are answered by until a reset puts another in its place. A request that
 * is being answered then ends with the service, and the state, that it began with: nothing of it is
 * left after the reset. Thread-safe.
 */
final class CurrentService<S extends EmulatorHttpServer.Handler>
    implements EmulatorHttpServer.Handler {
  private volatile S service;

  CurrentService(S first) {
    service = first;
  }

  S get() {
    return service;
  }

  void replace(S next) {
    service = next;
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    return service.handle(request);
  }

  @Override
  public Reply instead(Reply fault) {
    return service.instead(fault);
  }
}
