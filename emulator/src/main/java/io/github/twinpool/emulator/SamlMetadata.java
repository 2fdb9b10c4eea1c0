package io.github.twinpool.emulator;

import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.SamlRefusal;
import io.github.twinpool.internal.net.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The metadata of SAML providers as one Region knows it: what comes from a URL is fetched anew
 * after six hours. (Source: developer guide, Things to know about SAML IdPs.) If it cannot be had
 * then, what was known goes on being good; that is an assumption. Thread-safe.
 */
final class SamlMetadata {
  private static final Duration KEPT = Duration.ofHours(6);
  private static final int MOST = 1_000;

  /** As Cognito reaches other hosts than loopback. (Source: developer guide.) None is the usual. */
  private static final Set<Integer> PORTS = Set.of(-1, 80, 443);

  private final ProviderHttp http;
  private final Map<String, Fetched> fetched = new BoundedMap<>(MOST);

  private record Fetched(IdpMetadata metadata, Instant at) {}

  SamlMetadata(ProviderHttp http) {
    this.http = http;
  }

  /**
   * The metadata that a provider's details hold or lead to; empty for other types than SAML.
   *
   * @throws WireError an InvalidParameterException
   */
  static Optional<IdpMetadata> of(ProviderType type, Map<String, String> details, Call call) {
    if (type != ProviderType.SAML) {
      return Optional.empty();
    }
    String url = details.getOrDefault("MetadataURL", "");
    try {
      byte[] document =
          url.isEmpty()
              ? details.getOrDefault("MetadataFile", "").getBytes(StandardCharsets.UTF_8)
              : fetch(call.cognito().providerHttp(), url);
      return Optional.of(IdpMetadata.read(document, call.now()));
    } catch (IOException e) {
      throw WireError.invalidParameter("Error retrieving metadata from " + url);
    } catch (SamlRefusal e) {
      throw WireError.invalidParameter(
          (url.isEmpty() ? "MetadataFile: " : "MetadataURL: ") + e.text());
    }
  }

  private static byte[] fetch(ProviderHttp http, String url) throws IOException {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("no URL", e);
    }
    if (!isFetched(address)) {
      throw new IOException("no URL that is fetched");
    }
    return http.document(address);
  }

  static boolean isFetched(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return address.getHost() != null
        && (scheme.equals("http") || scheme.equals("https"))
        && (Endpoints.isLoopback(address.getHost()) || PORTS.contains(address.getPort()));
  }

  /** A provider's metadata now. */
  IdpMetadata current(IdentityProvider provider, Instant now) {
    String url = provider.detail("MetadataURL");
    IdpMetadata configured = provider.metadata().orElseThrow();
    if (url.isEmpty()) {
      return configured;
    }
    Fetched known = known(provider, configured);
    if (now.isBefore(known.at().plus(KEPT))) {
      return known.metadata();
    }
    try {
      IdpMetadata fresh = IdpMetadata.read(fetch(http, url), now);
      remember(provider, new Fetched(fresh, now));
      return fresh;
    } catch (IOException | SamlRefusal e) {
      return known.metadata();
    }
  }

  private synchronized Fetched known(IdentityProvider provider, IdpMetadata configured) {
    Fetched first = new Fetched(configured, provider.modified());
    Fetched last = fetched.get(key(provider));
    return last == null || last.at().isBefore(first.at()) ? first : last;
  }

  private synchronized void remember(IdentityProvider provider, Fetched fresh) {
    fetched.put(key(provider), fresh);
  }

  private static String key(IdentityProvider provider) {
    return provider.poolId() + " " + provider.name();
  }
}
