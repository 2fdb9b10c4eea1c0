package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;

/** GetTokensFromRefreshToken, RevokeToken, GlobalSignOut. */
final class TokenOperations {
  private TokenOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "GetTokensFromRefreshToken", TokenOperations::getTokens,
        "RevokeToken", TokenOperations::revokeToken,
        "GlobalSignOut", TokenOperations::globalSignOut,
        "AdminUserGlobalSignOut", TokenOperations::adminGlobalSignOut);
  }

  private static ObjectNode getTokens(Call call) {
    AppClient client = call.client();
    if (!client.secrets().accept(call.request().text("ClientSecret"))) {
      throw WireError.notAuthorized("Unable to verify secret for client " + client.id());
    }
    Pool pool = call.poolOf(client);
    RefreshToken token = open(call, pool, client, call.request().required("RefreshToken"));
    UserRecord user = owner(call, pool, token);
    Devices.checkRefresh(call, pool, token, call.request().text("DeviceKey"));
    client
        .rotationGrace()
        .ifPresent(grace -> pool.rotations().use(call.role(), token.id(), grace, call.now()));
    return TokenSet.forRefresh(call, pool, client, user, token);
  }

  /**
   * Opens a refresh token and checks that this client may use it here and now.
   *
   * @throws WireError a NotAuthorizedException
   */
  static RefreshToken open(Call call, Pool pool, AppClient client, String sealed) {
    RefreshToken token =
        RefreshToken.open(sealed, pool.keys().sealer())
            .filter(opened -> opened.clientId().equals(client.id()))
            .filter(opened -> hasArrived(call, opened))
            .orElseThrow(() -> WireError.notAuthorized("Invalid Refresh Token"));
    if (!call.now().isBefore(token.expiresAt())) {
      throw WireError.notAuthorized("Refresh Token has expired");
    }
    if (pool.revocations().isRevoked(call.role(), token.originJti())) {
      throw WireError.notAuthorized("Refresh Token has been revoked");
    }
    return token;
  }

  /** That the secondary knows a token of the primary only after the lag is an assumption. */
  private static boolean hasArrived(Call call, RefreshToken token) {
    boolean fromPrimary =
        token.mintedBy() == RegionRole.PRIMARY && call.role() == RegionRole.SECONDARY;
    Duration lag = fromPrimary ? call.cognito().log().lag() : Duration.ZERO;
    return !call.now().isBefore(token.issuedAt().plus(lag));
  }

  /**
   * The user whom a refresh token was issued to.
   *
   * @throws WireError a NotAuthorizedException
   */
  static UserRecord owner(Call call, Pool pool, RefreshToken token) {
    UserRecord user =
        pool.user(call.role(), token.username())
            .filter(found -> found.sub().equals(token.sub()))
            .orElseThrow(() -> WireError.notAuthorized("Invalid Refresh Token"));
    if (!user.enabled()) {
      throw WireError.notAuthorized("User is disabled.");
    }
    return user;
  }

  private static ObjectNode revokeToken(Call call) {
    AppClient client =
        call.cognito()
            .client(call.role(), call.request().required("ClientId"))
            .filter(found -> call.poolOf(found).isIn(call.role(), call.now()))
            .orElseThrow(() -> unauthorized("Invalid client"));
    if (!client.secrets().accept(call.request().text("ClientSecret"))) {
      throw unauthorized("Invalid client secret");
    }
    if (!client.revocationEnabled()) {
      throw WireError.of(
          "UnsupportedOperationException", "Token revocation is not enabled for this client.");
    }
    String sealed = call.request().required("Token");
    Pool pool = call.poolOf(client);
    RefreshToken token =
        RefreshToken.open(sealed, pool.keys().sealer()).orElseThrow(() -> notARefreshToken(sealed));
    if (!token.clientId().equals(client.id())) {
      throw unauthorized("The token was not issued to this client");
    }
    pool.revocations().revoke(call.role(), token.originJti());
    return WireJson.object();
  }

  private static WireError notARefreshToken(String token) {
    boolean looksLikeAJwt = token.chars().filter(c -> c == '.').count() == 2;
    return looksLikeAJwt
        ? WireError.of("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
        : WireError.invalidParameter("Invalid Refresh Token");
  }

  private static WireError unauthorized(String message) {
    return WireError.of("UnauthorizedException", message);
  }

  private static ObjectNode globalSignOut(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    signedIn.pool().revocations().revokeAll(call.role(), signedIn.user().sub());
    // The sign-in at hand is revoked even if it was forgotten over many others.
    signedIn.pool().revocations().revoke(call.role(), signedIn.originJti());
    return WireJson.object();
  }

  private static ObjectNode adminGlobalSignOut(Call call) {
    Pool pool = call.pool();
    pool.revocations().revokeAll(call.role(), call.user(pool).sub());
    return WireJson.object();
  }
}
