package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;

/** {@code /oauth2/userInfo}: the attributes that an access token's scopes show. */
final class UserInfoEndpoint {
  private static final String BEARER = "bearer ";

  private UserInfoEndpoint() {}

  static Reply answer(DomainCall call) {
    String header = call.request().header("authorization");
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return refuse(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    }
    String token = header.substring(BEARER.length()).strip();
    try {
      SignedInUser signedIn =
          SignedInUser.of(
              call.callWith(WireJson.object().put("AccessToken", token)), Scopes.OPENID);
      if (!signedIn.pool().id().equals(call.pool().id())) {
        throw WireError.notAuthorized("Invalid Access Token");
      }
      return DomainReply.json(200, claims(signedIn));
    } catch (WireError refusal) {
      return refuse(
          401,
          "invalid_token",
          "Access token is expired, disabled, or deleted, or the user has globally signed out.");
    }
  }

  /** All claims are texts here, as Cognito has them. */
  private static ObjectNode claims(SignedInUser signedIn) {
    UserRecord user = signedIn.user();
    ObjectNode claims = WireJson.object().put("sub", user.sub());
    user.attributes()
        .forEach(
            (name, value) -> {
              if (signedIn.scopes().show(name) && signedIn.clientAttributes().mayRead(name)) {
                claims.put(name, value);
              }
            });
    return claims.put("username", user.username());
  }

  private static Reply refuse(int status, String error, String description) {
    Reply reply = DomainReply.error(new OAuthError(status, error, description));
    reply
        .headers()
        .put(
            "WWW-Authenticate",
            "Bearer error=\"" + error + "\", error_description=\"" + description + "\"");
    return reply;
  }
}
