package io.github.twinpool.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Reads an AuthenticationResult. */
final class Tokens {
  private Tokens() {}

  /**
   * The tokens of a result.
   *
   * @param refreshToken the one that stays if the result has none
   * @throws SignInProtocolException if a token or its lifetime is missing
   */
  static TokenSet of(
      AuthenticationResultType result,
      @Nullable String refreshToken,
      @Nullable String deviceKey,
      Instant now) {
    if (result.accessToken() == null || result.idToken() == null || result.expiresIn() == null) {
      throw new SignInProtocolException("AuthenticationResult lacks a token or its lifetime");
    }
    return new TokenSet(
        result.accessToken(),
        result.idToken(),
        result.refreshToken() == null ? refreshToken : result.refreshToken(),
        now.plusSeconds(result.expiresIn()),
        deviceKey);
  }
}
