package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests to the token endpoint (RFC 6749, section 3.2) and what its answers say. */
final class TokenEndpoint {
  static final String PATH = "/oauth2/token";
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

  private TokenEndpoint() {}

  /**
   * A request of a confidential client, which authenticates by {@code client_secret_basic}, or of a
   * public one.
   */
  static HTTPRequest request(
      URI address,
      String clientId,
      Optional<String> secret,
      AuthorizationGrant grant,
      @Nullable Scope scope) {
    ClientID client = new ClientID(clientId);
    TokenRequest.Builder request =
        secret
            .map(it -> new ClientSecretBasic(client, new Secret(it)))
            .map(it -> new TokenRequest.Builder(address, it, grant))
            .orElseGet(() -> new TokenRequest.Builder(address, client, grant));
    return request.scope(scope).build().toHTTPRequest();
  }

  /**
   * The tokens of an answer.
   *
   * @throws OAuthErrorException if it is a refusal
   * @throws SignInProtocolException if it is neither
   */
  static OIDCTokens tokens(HTTPResponse answer) {
    requireSuccess(PATH, answer);
    try {
      OIDCTokens tokens = OIDCTokenResponse.parse(answer).getOIDCTokens();
      BearerAccessToken access = tokens.getBearerAccessToken();
      if (access != null && isLifetime(access.getLifetime()) && isToken(access.getValue())) {
        return tokens;
      }
    } catch (ParseException e) { // Its text may quote the answer.
      throw new SignInProtocolException(PATH + ": the answer is no token response");
    }
    throw new SignInProtocolException(PATH + ": the answer lacks a bearer token or its lifetime");
  }

  /** Whether a time can be computed with it. */
  private static boolean isLifetime(long seconds) {
    return seconds > 0 && seconds <= Integer.MAX_VALUE;
  }

  /** The tokens of an answer to somebody who signed in with {@code openid}. */
  static TokenSet tokenSet(OIDCTokens tokens, @Nullable String refreshToken, Instant sent) {
    String idToken = tokens.getIDTokenString();
    if (idToken == null) {
      throw new SignInProtocolException(PATH + ": the answer lacks an ID token");
    }
    return new TokenSet(
        tokens.getAccessToken().getValue(),
        idToken,
        tokens.getRefreshToken() == null ? refreshToken : tokens.getRefreshToken().getValue(),
        sent.plusSeconds(tokens.getAccessToken().getLifetime()),
        null);
  }

  /**
   * Returns if an answer is a success.
   *
   * @throws OAuthErrorException if it is a refusal
   * @throws SignInProtocolException if it is neither
   */
  static void requireSuccess(String endpoint, HTTPResponse answer) {
    int status = answer.getStatusCode();
    if (status >= 400 && status < 500) {
      throw refusal(endpoint, answer);
    }
    if (status != HTTPResponse.SC_OK) {
      throw new SignInProtocolException(endpoint + ": answered with status " + status);
    }
  }

  static OAuthErrorException refusal(String endpoint, HTTPResponse answer) {
    return new OAuthErrorException(endpoint, answer.getStatusCode(), error(answer));
  }

  /** Whether a header can carry it: the JDK quotes the whole value where it complains. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private static @Nullable String error(HTTPResponse answer) {
    try {
      return TokenErrorResponse.parse(answer).getErrorObject().getCode();
    } catch (ParseException e) {
      return null;
    }
  }
}
