package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.Scope;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** What an {@link AuthorizationCodeFlow} was built with. */
record AuthorizationCodeSettings(
    MultiRegionCognito cognito,
    TokenValidator validator,
    DomainOptions domain,
    String clientId,
    ClientSecret secret,
    URI redirectUri,
    @Nullable URI logoutUri,
    Scope scope,
    Origins returnOrigins,
    List<SecretKey> stateKeys,
    Duration loginValidity,
    Duration refreshAhead,
    SecureRandom random) {

  @Override
  public String toString() {
    return "AuthorizationCodeSettings[" + clientId + "]";
  }
}
