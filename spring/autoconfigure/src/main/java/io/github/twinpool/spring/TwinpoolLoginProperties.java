package io.github.twinpool.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Browsers' sign-in through the pool's domain.
 *
 * @param clientId App client that browsers sign in to, one of twinpool.client-ids.
 * @param clientSecret Secret of the app client, if it has one.
 * @param redirectUri Where the domain sends browsers back to, exactly one of the app client's
 *     callback URLs.
 * @param logoutUri Where the domain sends browsers that signed out, exactly one of the app client's
 *     sign-out URLs.
 * @param scopes Scopes to ask for, openid among them.
 * @param returnOrigins Origins besides the application's own that a browser may be sent to in the
 *     end.
 * @param stateKeys Keys of what a browser brings back, 256 bits in Base64 each. The first one
 *     seals, all open. A random key by default, so that a sign-in ends at the server where it
 *     began.
 * @param loginValidity How long a person may take to sign in, at most an hour.
 * @param refreshAhead How long before the expiry of an access token a session asks for the next.
 * @param requestTimeout Longest that one host of the domain may take to answer.
 */
@ConfigurationProperties("twinpool.login")
record TwinpoolLoginProperties(
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable URI redirectUri,
    @Nullable URI logoutUri,
    @DefaultValue("openid") Set<String> scopes,
    @DefaultValue List<URI> returnOrigins,
    @DefaultValue List<String> stateKeys,
    @DefaultValue("10m") Duration loginValidity,
    @DefaultValue("5m") Duration refreshAhead,
    @DefaultValue("5500ms") Duration requestTimeout) {

  /** Without the secret and the keys. */
  @Override
  public String toString() {
    return "TwinpoolLoginProperties[" + clientId + "]";
  }
}
