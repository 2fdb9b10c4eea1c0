package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/** The mappers in Jersey, with failures of a real outage. */
class JakartaRestRecipesTest {
  private static final URI SERVER = URI.create("http://localhost/");

  @Test
  void an_outage_is_answered_503_with_retry_after_and_the_capability_that_is_off()
      throws Exception {
    try (CognitoEmulator emulator = CognitoEmulator.start();
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(emulator.userPool())
                .policy(quick())
                .clients(it -> it.credentialsProvider(AnonymousCredentialsProvider.create()))
                .build()) {
      emulator.createUser("ada", "Correct-Horse-7");
      emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
      Accounts accounts = new Accounts(cognito.client(), emulator.clientId());
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                accounts.signIn();
                return cognito.status().mode() == FailoverMode.SECONDARY;
              });
      // The first sign-up may be the trial that asks whether the primary is back.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                accounts.off = failure(accounts);
                return accounts.off instanceof PrimaryUnavailableException;
              });
      ApplicationHandler jersey =
          new ApplicationHandler(
              new ResourceConfig()
                  .register(accounts)
                  .register(JakartaRestRecipes.PrimaryUnavailableMapper.class)
                  .register(JakartaRestRecipes.RegionsUnavailableMapper.class));
      ContainerResponse off = get(jersey, "sign-up");
      assertThat(off.getStatus()).isEqualTo(503);
      assertThat(off.getHeaderString("Retry-After")).isEqualTo("30");
      assertThat(off.getMediaType()).hasToString("application/problem+json");
      assertThat(off.getEntity()).asString().contains("\"capability\":\"SIGN_UP\"", "503");

      emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
      assertThat(catchThrowableOfType(RegionsUnavailableException.class, accounts::signIn))
          .isNotNull();
      ContainerResponse out = get(jersey, "sign-in");
      assertThat(out.getStatus()).isEqualTo(503);
      assertThat(out.getHeaderString("Retry-After")).isEqualTo("30");
      assertThat(out.getEntity()).asString().contains("No Region").doesNotContain("ada");
    }
  }

  /** So that the outage is noticed within parts of a second. */
  private static FailoverPolicy quick() {
    return FailoverPolicy.builder()
        .probeInterval(Duration.ofMillis(100))
        .suspectProbeInterval(Duration.ofMillis(100))
        .build();
  }

  private static RuntimeException failure(Accounts accounts) {
    return catchThrowableOfType(RuntimeException.class, accounts::signUp);
  }

  private static ContainerResponse get(ApplicationHandler jersey, String path) throws Exception {
    ContainerRequest request =
        new ContainerRequest(
            SERVER,
            SERVER.resolve(path),
            "GET",
            null,
            new MapPropertiesDelegate(),
            jersey.getConfiguration());
    return jersey.apply(request).get(30, TimeUnit.SECONDS);
  }

  /** A resource that signs people in and up. */
  @Path("/")
  public static final class Accounts {
    private final CognitoIdentityProviderClient client;
    private final String clientId;
    private RuntimeException off;

    Accounts(CognitoIdentityProviderClient client, String clientId) {
      this.client = client;
      this.clientId = clientId;
    }

    @GET
    @Path("sign-in")
    public String signIn() {
      client.initiateAuth(
          it ->
              it.clientId(clientId)
                  .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                  .authParameters(Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")));
      return "in";
    }

    @GET
    @Path("sign-up")
    public String signUp() {
      if (off instanceof PrimaryUnavailableException) {
        throw off; // A second later it might be a trial.
      }
      client.signUp(it -> it.clientId(clientId).username("grace").password("Correct-Horse-7"));
      return "up";
    }
  }
}
