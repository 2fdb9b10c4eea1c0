package io.github.twinpool.signin;

import io.github.twinpool.internal.net.Endpoints;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A closed set of web origins (RFC 6454), matched exactly. */
final class Origins {
  private final Set<String> origins;

  private Origins(Set<String> origins) {
    this.origins = origins;
  }

  /**
   * These origins.
   *
   * @throws IllegalArgumentException if one has more than scheme, host and port, or is not safe
   */
  static Origins of(Collection<URI> uris) {
    return new Origins(uris.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet()));
  }

  boolean contain(URI uri) {
    String origin = uri.getRawUserInfo() == null ? origin(uri) : null;
    return origin != null && origins.contains(origin);
  }

  private static String checked(URI uri) {
    String origin = origin(uri);
    boolean bare =
        uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (uri.getRawPath() == null || uri.getRawPath().matches("/?"));
    if (origin == null || !bare || !Endpoints.isSafe(uri)) {
      throw new IllegalArgumentException(
          "origins: each wants https, or http on loopback, a host, and no more");
    }
    return origin;
  }

  private static @Nullable String origin(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      return null;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort();
    if (port == -1) {
      port = scheme.equals("https") ? 443 : 80;
    }
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
