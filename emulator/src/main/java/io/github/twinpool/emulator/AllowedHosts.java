package io.github.twinpool.emulator;

import io.github.twinpool.internal.net.Endpoints;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that a request may name as its target. A page anywhere can have a name that DNS leads
 * to this machine; the browser then takes the emulator for that page's own server, but sends that
 * name.
 *
 * @param names host names besides those of loopback, in lower case
 */
record AllowedHosts(Set<String> names) {
  /** What leads to this machine for every program. */
  static final AllowedHosts LOOPBACK = new AllowedHosts(Set.of());

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^:@/\\[\\]]+)(:[0-9]{0,5})?");

  AllowedHosts {
    names = Set.copyOf(names);
  }

  /**
   * Whether a request is for an allowed host.
   *
   * @param headers the values of all its {@code Host} headers, of which there must be one
   * @param authority of an absolute request target; otherwise that header's, or null
   */
  boolean allow(List<String> headers, @Nullable String authority) {
    return headers.size() == 1 && allow(headers.get(0)) && (authority == null || allow(authority));
  }

  private boolean allow(String hostAndPort) {
    Matcher parts = HOST_AND_PORT.matcher(hostAndPort);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group("host");
    return Endpoints.isLoopback(host) || names.contains(host.toLowerCase(Locale.ROOT));
  }
}
