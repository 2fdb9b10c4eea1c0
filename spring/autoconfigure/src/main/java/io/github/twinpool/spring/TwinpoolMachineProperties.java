package io.github.twinpool.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The access tokens of this application itself, by the client credentials grant.
 *
 * @param enabled Whether to configure machine tokens, if clientId is set.
 * @param clientId App client of this application.
 * @param clientSecret Secret of the app client, the newer one while two rotate.
 * @param previousClientSecret Older secret while two rotate, tried if the newer one is refused.
 * @param scopes Scopes of the tokens that are added to requests. All that the app client may have
 *     by default.
 * @param origins Origins whose requests get a token, https://orders.example.com for instance. None
 *     by default, and then RestClient and WebClient stay as they are.
 * @param restClient Whether Spring Boot's RestClient.Builder sends tokens to the origins.
 * @param webClient Whether Spring Boot's WebClient.Builder sends tokens to the origins.
 * @param refreshAhead How long before its expiry a token is replaced.
 * @param requestTimeout Longest that one host of the domain may take to answer.
 */
@ConfigurationProperties("twinpool.machine")
record TwinpoolMachineProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String previousClientSecret,
    @DefaultValue Set<String> scopes,
    @DefaultValue List<URI> origins,
    @DefaultValue("true") boolean restClient,
    @DefaultValue("true") boolean webClient,
    @DefaultValue("5m") Duration refreshAhead,
    @DefaultValue("5500ms") Duration requestTimeout) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "TwinpoolMachineProperties[" + clientId + "]";
  }
}
