package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.AccountTest.refused;
import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnauthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedOperationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedTokenTypeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

class RevocationTest {
  private final TestClock clock = new TestClock();
  private EmulatorClients clients;
  private String clientId;

  @BeforeEach
  void start() {
    start(TestEmulators.builder());
  }

  private void start(CognitoEmulator.Builder builder) {
    clients = new EmulatorClients(builder.clock(clock).start());
    clients.emulator.createUser("ada", PASSWORD);
    clientId = clients.emulator.clientId();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_revoked_sign_in_neither_refreshes_nor_reads_and_others_go_on(RegionRole role) {
    AuthenticationResultType revoked = signIn(role);
    AuthenticationResultType other = signIn(role);

    revoke(role, revoked.refreshToken());
    revoke(role, revoked.refreshToken());

    refused(
        () -> clients.refresh(role, revoked.refreshToken()),
        NotAuthorizedException.class,
        "Refresh Token has been revoked");
    refused(
        () -> clients.in(role).getUser(r -> r.accessToken(revoked.accessToken())),
        NotAuthorizedException.class,
        "Access Token has been revoked");
    assertThat(clients.refresh(role, other.refreshToken())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void a_global_sign_out_ends_all_sign_ins_so_far_and_none_after(RegionRole role) {
    AuthenticationResultType first = signIn(role);
    AuthenticationResultType second = signIn(role.other());

    clients.in(role).globalSignOut(r -> r.accessToken(first.accessToken()));

    for (AuthenticationResultType tokens : new AuthenticationResultType[] {first, second}) {
      refused(
          () -> clients.refresh(role, tokens.refreshToken()),
          NotAuthorizedException.class,
          "Refresh Token has been revoked");
      refused(
          () -> clients.in(role).getUser(r -> r.accessToken(tokens.accessToken())),
          NotAuthorizedException.class,
          "Access Token has been revoked");
    }
    assertThat(clients.refresh(role, signIn(role).refreshToken())).isNotNull();
  }

  @Test
  void only_refresh_tokens_of_the_client_itself_can_be_revoked() {
    AuthenticationResultType tokens = signIn(RegionRole.PRIMARY);
    refused(
        () -> revoke(RegionRole.PRIMARY, tokens.accessToken()),
        UnsupportedTokenTypeException.class,
        "Only refresh tokens can be revoked.");
    refused(
        () -> revoke(RegionRole.PRIMARY, "nonsense"),
        InvalidParameterException.class,
        "Invalid Refresh Token");
    UserPoolClientType other = client(r -> {});
    refused(
        () ->
            clients.primary.revokeToken(
                r -> r.clientId(other.clientId()).token(tokens.refreshToken())),
        UnauthorizedException.class,
        "The token was not issued to this client");
    UserPoolClientType without = client(r -> r.enableTokenRevocation(false));
    refused(
        () ->
            clients.primary.revokeToken(
                r -> r.clientId(without.clientId()).token(tokens.refreshToken())),
        UnsupportedOperationException.class,
        "Token revocation is not enabled");
  }

  @Test
  void a_refresh_token_expires_and_belongs_to_its_client() {
    AuthenticationResultType tokens = signIn(RegionRole.PRIMARY);
    UserPoolClientType other =
        client(r -> r.explicitAuthFlowsWithStrings("ALLOW_REFRESH_TOKEN_AUTH"));
    refused(
        () ->
            clients.primary.getTokensFromRefreshToken(
                r -> r.clientId(other.clientId()).refreshToken(tokens.refreshToken())),
        NotAuthorizedException.class,
        "Invalid Refresh Token");

    clock.advance(Duration.ofDays(30));
    refused(
        () -> clients.refresh(RegionRole.PRIMARY, tokens.refreshToken()),
        NotAuthorizedException.class,
        "Refresh Token has expired");
  }

  @ParameterizedTest
  @EnumSource
  void get_tokens_from_refresh_token_refreshes_like_initiate_auth(RegionRole role) {
    String token = signIn(RegionRole.PRIMARY).refreshToken();

    AuthenticationResultType refreshed =
        clients
            .in(role)
            .getTokensFromRefreshToken(r -> r.clientId(clientId).refreshToken(token))
            .authenticationResult();

    assertThat(refreshed.accessToken()).isNotBlank();
    assertThat(refreshed.idToken()).isNotBlank();
    assertThat(refreshed.refreshToken()).isNull();
  }

  @Test
  void a_rotated_refresh_token_works_for_the_grace_period_only() {
    UserPoolClientType rotating = rotating();
    String first = signInAt(rotating).refreshToken();

    String second = rotate(RegionRole.PRIMARY, rotating, first).refreshToken();
    assertThat(second).isNotNull().isNotEqualTo(first);
    clock.advance(Duration.ofSeconds(9));
    assertThat(rotate(RegionRole.PRIMARY, rotating, first).refreshToken()).isNotNull();
    clock.advance(Duration.ofSeconds(1));
    refused(
        () -> rotate(RegionRole.PRIMARY, rotating, first),
        RefreshTokenReuseException.class,
        "Refresh token has already been used.");
    assertThat(rotate(RegionRole.PRIMARY, rotating, second).refreshToken()).isNotNull();
  }

  @Test
  void each_region_knows_its_own_rotations_only_unless_assumed_otherwise() {
    UserPoolClientType rotating = rotating();
    String token = signInAt(rotating).refreshToken();
    rotate(RegionRole.PRIMARY, rotating, token);
    clock.advance(Duration.ofMinutes(1));
    assertThat(rotate(RegionRole.SECONDARY, rotating, token)).isNotNull();

    stop();
    start(TestEmulators.builder().rotationStateShared(true));
    UserPoolClientType shared = rotating();
    String other = signInAt(shared).refreshToken();
    rotate(RegionRole.PRIMARY, shared, other);
    clock.advance(Duration.ofMinutes(1));
    refused(
        () -> rotate(RegionRole.SECONDARY, shared, other), RefreshTokenReuseException.class, "");
  }

  @Test
  void rotation_and_refresh_token_auth_exclude_each_other() {
    refused(
        () ->
            client(
                r ->
                    r.explicitAuthFlowsWithStrings("ALLOW_REFRESH_TOKEN_AUTH")
                        .refreshTokenRotation(f -> f.feature("ENABLED"))),
        InvalidParameterException.class,
        "ALLOW_REFRESH_TOKEN_AUTH can't be enabled");
    UserPoolClientType rotating = rotating();
    String token = signInAt(rotating).refreshToken();
    refused(
        () ->
            clients.primary.initiateAuth(
                r ->
                    r.authFlow("REFRESH_TOKEN_AUTH")
                        .clientId(rotating.clientId())
                        .authParameters(Map.of("REFRESH_TOKEN", token))),
        InvalidParameterException.class,
        "REFRESH_TOKEN_AUTH flow not enabled for this client");
  }

  private UserPoolClientType rotating() {
    return client(
        r ->
            r.explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH")
                .refreshTokenRotation(f -> f.feature("ENABLED").retryGracePeriodSeconds(10)));
  }

  private UserPoolClientType client(Consumer<CreateUserPoolClientRequest.Builder> settings) {
    return clients
        .primary
        .createUserPoolClient(
            r -> {
              r.userPoolId(clients.emulator.userPool().id()).clientName("test");
              settings.accept(r);
            })
        .userPoolClient();
  }

  private AuthenticationResultType rotate(
      RegionRole role, UserPoolClientType client, String refreshToken) {
    return clients
        .in(role)
        .getTokensFromRefreshToken(r -> r.clientId(client.clientId()).refreshToken(refreshToken))
        .authenticationResult();
  }

  private AuthenticationResultType signInAt(UserPoolClientType client) {
    return clients
        .primary
        .initiateAuth(
            r ->
                r.authFlow("USER_PASSWORD_AUTH")
                    .clientId(client.clientId())
                    .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)))
        .authenticationResult();
  }

  private AuthenticationResultType signIn(RegionRole role) {
    return clients.signIn(role, "ada", PASSWORD);
  }

  private void revoke(RegionRole role, String token) {
    clients.in(role).revokeToken(r -> r.clientId(clientId).token(token));
  }
}
