package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks the userInfo endpoint. */
final class UserInfo {
  private static final String PATH = "/oauth2/userInfo";

  private final DomainCalls calls;

  UserInfo(DomainCalls calls) {
    this.calls = calls;
  }

  /** The claims; an answer about another subject fails. */
  CompletableFuture<Map<String, Object>> of(String accessToken, String subject) {
    if (!TokenEndpoint.isToken(accessToken)) {
      throw new IllegalArgumentException("accessToken: has a character that no token has");
    }
    BearerAccessToken token = new BearerAccessToken(accessToken);
    return calls
        .send(
            PATH,
            DomainCalls.Moves.ALWAYS,
            address -> new UserInfoRequest(address, token).toHTTPRequest())
        .thenApply(answer -> claims(answer, subject));
  }

  private static Map<String, Object> claims(HTTPResponse answer, String subject) {
    TokenEndpoint.requireSuccess(PATH, answer);
    try {
      Map<String, Object> claims =
          UserInfoSuccessResponse.parse(answer).getUserInfo().toJSONObject();
      if (subject.equals(claims.get("sub"))) {
        return Collections.unmodifiableMap(claims);
      }
    } catch (ParseException e) { // Its text may quote the answer.
      throw new SignInProtocolException(PATH + ": the answer is no user info");
    }
    throw new SignInProtocolException(PATH + ": the answer is about somebody else");
  }
}
