package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedIdentityProvider;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** A world with a web application and a machine, both with secrets, and a domain in each Region. */
final class DomainWorld implements AutoCloseable {
  static final URI CALLBACK = URI.create("http://127.0.0.1:9/callback");
  static final URI BYE = URI.create("http://127.0.0.1:9/bye");
  static final String PROVIDER = "Corp";

  /** Longer than a busy machine takes. Tests of time-outs let it pass at once. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  final SignInWorld world;
  final UserPoolClientType web;
  final UserPoolClientType machine;
  final TokenValidator validator;
  final TestLimits limits = new TestLimits();

  DomainWorld() {
    this(TestEmulators.builder());
  }

  DomainWorld(CognitoEmulator.Builder builder) {
    world = new SignInWorld(builder);
    provider(PROVIDER);
    web = webClient(false);
    world
        .primary()
        .createResourceServer(
            it ->
                it.userPoolId(world.poolId)
                    .identifier("orders")
                    .name("orders")
                    .scopes(
                        ResourceServerScopeType.builder()
                            .scopeName("read")
                            .scopeDescription("read orders")
                            .build()));
    machine =
        client(
            CreateUserPoolClientRequest.builder()
                .clientName("machine")
                .generateSecret(true)
                .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                .allowedOAuthScopes("orders/read"));
    validator =
        TokenValidator.builder(world.emulator.userPool()).anyClient().clock(world.clock()).build();
  }

  /** The emulator's identity provider, by a name of the pool's. */
  private void provider(String name) {
    EmulatedIdentityProvider provider = world.emulator.identityProvider();
    world
        .primary()
        .createIdentityProvider(
            it ->
                it.userPoolId(world.poolId)
                    .providerName(name)
                    .providerType("OIDC")
                    .providerDetails(
                        Map.of(
                            "client_id", provider.clientId(),
                            "client_secret", provider.clientSecret(),
                            "oidc_issuer", provider.issuer().toString(),
                            "authorize_scopes", "openid email",
                            "attributes_request_method", "GET"))
                    .attributeMapping(Map.of("email", "email")));
  }

  /** A web application whose refresh tokens rotate or not. */
  UserPoolClientType webClient(boolean rotates) {
    CreateUserPoolClientRequest.Builder request =
        CreateUserPoolClientRequest.builder()
            .clientName("web")
            .generateSecret(true)
            .allowedOAuthFlows(OAuthFlowType.CODE)
            .allowedOAuthScopes("openid", "email", "profile")
            .callbackURLs(CALLBACK.toString())
            .logoutURLs(BYE.toString())
            .supportedIdentityProviders("COGNITO", PROVIDER);
    return client(
        rotates
            ? request
                .explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH")
                .refreshTokenRotation(r -> r.feature("ENABLED").retryGracePeriodSeconds(0))
            : request);
  }

  private UserPoolClientType client(CreateUserPoolClientRequest.Builder request) {
    return world
        .primary()
        .createUserPoolClient(
            request.userPoolId(world.poolId).allowedOAuthFlowsUserPoolClient(true).build())
        .userPoolClient();
  }

  AuthorizationCodeFlow flow() {
    return flow(world.cognito, web);
  }

  AuthorizationCodeFlow flow(MultiRegionCognito cognito, UserPoolClientType client) {
    return AuthorizationCodeFlow.builder(cognito, validator, client.clientId())
        .clientSecret(client::clientSecret)
        .redirectUri(CALLBACK)
        .logoutUri(BYE)
        .scopes("openid", "email", "profile")
        .requestTimeout(TIMEOUT)
        .timeLimit(limits)
        .clock(world.clock())
        .build();
  }

  MachineTokens machineTokens() {
    return MachineTokens.builder(world.cognito, machine.clientId())
        .clientSecret(machine::clientSecret)
        .requestTimeout(TIMEOUT)
        .timeLimit(limits)
        .clock(world.clock())
        .build();
  }

  Browser browser() {
    return new Browser(CALLBACK.resolve("/"));
  }

  /** Signs a new person in by the flow. */
  AuthorizationResult signedIn(AuthorizationCodeFlow flow) {
    AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/"));
    String query = browser().signIn(start.location(), world.person(), SignInWorld.PASSWORD);
    AuthorizationResult result = flow.finish(query, start.browserState());
    SecretsSeen.keep(result.tokens().accessToken());
    SecretsSeen.keep(result.tokens().idToken());
    SecretsSeen.keep(result.tokens().refreshToken().orElseThrow());
    return result;
  }

  long tokenRequests() {
    return List.of(RegionRole.values()).stream()
        .mapToLong(role -> world.emulator.region(role).calls("oauth2/token"))
        .sum();
  }

  static Map<String, String> credentials(String username) {
    return Map.of("username", username, "password", SignInWorld.PASSWORD);
  }

  @Override
  public void close() {
    validator.close();
    world.close();
  }
}
