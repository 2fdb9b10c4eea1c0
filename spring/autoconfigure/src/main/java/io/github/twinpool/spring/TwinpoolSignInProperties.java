package io.github.twinpool.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * People's sign-in by the user pools API.
 *
 * @param clientId App client that people sign in to.
 * @param clientSecret Secret of the app client, if it has one.
 * @param sessionValidity How long Cognito remembers an open challenge, as the app client's
 *     AuthSessionValidity says, 3 to 15 minutes.
 * @param refreshAhead How long before the expiry of an access token a session asks for the next.
 * @param stepKeys Keys of sealed steps, 256 bits in Base64 each. The first one seals, all open.
 */
@ConfigurationProperties("twinpool.sign-in")
record TwinpoolSignInProperties(
    @Nullable String clientId,
    @Nullable String clientSecret,
    @DefaultValue("3m") Duration sessionValidity,
    @DefaultValue("5m") Duration refreshAhead,
    @DefaultValue List<String> stepKeys) {

  /** Without the secret and the keys. */
  @Override
  public String toString() {
    return "TwinpoolSignInProperties[" + clientId + "]";
  }
}
