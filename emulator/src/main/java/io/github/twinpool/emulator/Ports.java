package io.github.twinpool.emulator;

import java.util.EnumMap;
import java.util.Map;

/**
 * The ports of an emulator's listeners: each one of its own, the next of a row, or any that is
 * free. Immutable.
 *
 * @param first where the row begins, or 0 without a row
 * @param own those that are not in the row
 */
record Ports(int first, Map<Listener, Integer> own) {
  static final Ports ANY = new Ports(0, Map.of());

  /** All listeners, with their places in a row. A new one goes to the end: others keep theirs. */
  enum Listener {
    PRIMARY(0),
    SECONDARY(1),
    UPDATED_ISSUER(2),
    PRIMARY_DOMAIN(3),
    SECONDARY_DOMAIN(4),
    CUSTOM_DOMAIN(5),
    PRIMARY_KMS(6),
    SECONDARY_KMS(7),
    PRIMARY_WAF(8),
    SECONDARY_WAF(9),
    ROUTE53(10),
    IDENTITY_PROVIDER(11),
    SAML_PROVIDER(12),
    GOOGLE(13),
    FACEBOOK(14),
    APPLE(15),
    AMAZON(16);

    private final int place;

    Listener(int place) {
      this.place = place;
    }
  }

  Ports {
    own = Map.copyOf(own);
  }

  /** A row in place of free ports. */
  Ports row(int firstPort) {
    Limits.port("firstPort", firstPort);
    Limits.port("firstPort + " + last(), firstPort + last());
    return new Ports(firstPort, own);
  }

  private static int last() {
    return Listener.values().length - 1;
  }

  /** One of its own for a listener. */
  Ports with(Listener listener, String field, int port) {
    Map<Listener, Integer> changed = new EnumMap<>(Listener.class);
    changed.putAll(own);
    changed.put(listener, Limits.port(field, port));
    return new Ports(first, changed);
  }

  /** A listener's port, or 0 for any. */
  int of(Listener listener) {
    int given = own.getOrDefault(listener, 0);
    return given != 0 || first == 0 ? given : first + listener.place;
  }
}
