package io.github.twinpool.spring;

/** What a client is told in a 503, by RFC 9457. */
final class KeysUnavailableProblem {
  static final String TYPE = "application/problem+json";
  static final String BODY =
      "{\"title\":\"Service Unavailable\",\"status\":503,"
          + "\"detail\":\"Tokens cannot be checked at the moment. The token may be good: try again"
          + " later.\"}";

  private KeysUnavailableProblem() {}
}
