package io.github.twinpool.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Tokens that either Region has minted, with either Region out. */
@Execution(ExecutionMode.CONCURRENT)
class EitherRegionTest {
  private final CognitoEmulator[] running = new CognitoEmulator[1];

  @AfterEach
  void stop() {
    running[0].close();
  }

  static Stream<Arguments> regionsIssuersAndOutages() {
    return Stream.of(RegionRole.values())
        .flatMap(
            out ->
                Stream.of(IssuerType.values())
                    .flatMap(
                        type ->
                            Stream.<Supplier<Outage>>of(
                                    Outage::hang, Outage::refused, Outage::internalErrors)
                                .map(outage -> Arguments.of(out, type, outage.get()))));
  }

  @ParameterizedTest
  @MethodSource("regionsIssuersAndOutages")
  void tokens_of_both_regions_are_accepted_cold_and_warm(
      RegionRole out, IssuerType type, Outage outage) {
    CognitoEmulator emulator = TestEmulators.builder().issuerType(type).start();
    running[0] = emulator;
    emulator.createUser("ada", "Correct-Horse-7");
    AuthenticationResultType primary = signIn(emulator, RegionRole.PRIMARY);
    AuthenticationResultType secondary = signIn(emulator, RegionRole.SECONDARY);

    emulator.region(out).outage(outage);
    try (TokenValidator cold = validator(emulator)) {
      accepts(cold, primary, type);
      accepts(cold, secondary, type);
      emulator.region(out.other()).outage(outage);
      accepts(cold, primary, type);
      accepts(cold, secondary, type);
    }
  }

  private static TokenValidator validator(CognitoEmulator emulator) {
    return TokenValidator.builder(emulator.userPool())
        .clientId(emulator.clientId())
        .keysTimeout(Duration.ofSeconds(30))
        .tokenCacheBytes(0) // it is the keys that have to be there
        .build();
  }

  private static void accepts(
      TokenValidator validator, AuthenticationResultType tokens, IssuerType type) {
    AccessToken access = validator.validateAccessToken(tokens.accessToken());
    assertThat(access.username()).contains("ada");
    assertThat(access.issuerType()).isEqualTo(type);
    assertThat(access.isMachine()).isFalse();
    IdToken id = validator.validateIdToken(tokens.idToken());
    assertThat(id.username()).contains("ada");
    assertThat(id.subject()).isEqualTo(access.subject());
    assertThat(id.originJti()).isEqualTo(access.originJti());
  }

  private static AuthenticationResultType signIn(CognitoEmulator emulator, RegionRole role) {
    UserPool pool = emulator.userPool();
    try (CognitoIdentityProviderClient client =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(pool.region(role)))
            .endpointOverride(pool.endpoint(role))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      return client
          .initiateAuth(
              request ->
                  request
                      .clientId(emulator.clientId())
                      .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                      .authParameters(Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")))
          .authenticationResult();
    }
  }
}
