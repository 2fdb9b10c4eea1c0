package io.github.twinpool.emulator;

import io.github.twinpool.emulator.Assumptions.Unpublished;

/** What a pool's domain keeps: codes and the sessions of browsers. Thread-safe. */
final class PoolOAuth {
  private final AuthorizationCodes codes;
  private final LoginSessions sessions = new LoginSessions();

  PoolOAuth(ReplicationLog log, Assumptions assumptions) {
    codes = new AuthorizationCodes(assumptions.hold(Unpublished.CODES_PORTABLE));
  }

  AuthorizationCodes codes() {
    return codes;
  }

  LoginSessions sessions() {
    return sessions;
  }
}
