package io.github.twinpool.examples.jetty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example over HTTP, before and during an outage of the primary Region. */
class JettyExampleTest {
  private static final String PASSWORD = "Correct-Horse-7";

  private final HttpClient http = HttpClient.newHttpClient();
  private CognitoEmulator emulator;

  @BeforeEach
  void start() {
    emulator = CognitoEmulator.start();
    emulator.createUser("ada", PASSWORD);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void everybody_sees_the_page_those_with_a_token_themselves_and_administrators_more()
      throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("test").keyUse(KeyUse.SIGNATURE).generate();
    try (TokenValidator validator =
            TokenValidator.builder(emulator.userPool())
                .clientId(emulator.clientId())
                .staticKeys(new JWKSet(key.toPublicJWK()).toString())
                .build();
        Application application = Application.start(validator, 0)) {
      String ada = signIn(RegionRole.PRIMARY);

      assertThat(get(application, "/", "").body()).contains("Hello");
      assertThat(get(application, "/me", "").statusCode()).isEqualTo(401);
      assertThat(get(application, "/elsewhere", "").statusCode()).isEqualTo(401);
      assertThat(get(application, "/me", ada).body())
          .contains("\"name\":\"ada\"", "\"groups\":[]", emulator.userPool().id());
      assertThat(get(application, "/admin", ada).statusCode()).isEqualTo(403);
      assertThat(get(application, "/admin/x", admin(key)).body()).contains("administrator");
    }
  }

  @Test
  void no_good_token_is_refused_while_the_primary_hangs() throws Exception {
    ScheduledExecutorService load = Executors.newScheduledThreadPool(4);
    List<Future<Integer>> answers = new ArrayList<>();
    try (TokenValidator validator = JettyExample.validator(emulator);
        Application application = Application.start(validator, 0)) {
      String before = signIn(RegionRole.PRIMARY);
      assertThat(get(application, "/me", before).statusCode()).isEqualTo(200);

      emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
      String during = signIn(RegionRole.SECONDARY);
      for (int i = 0; i < 150; i++) {
        String token = i % 2 == 0 ? before : during;
        answers.add(
            load.schedule(
                () -> get(application, "/me", token).statusCode(), 20L * i, MILLISECONDS));
      }
      try (TokenValidator cold = JettyExample.validator(emulator);
          Application startedInTheOutage = Application.start(cold, 0)) {
        assertThat(get(startedInTheOutage, "/me", during).statusCode()).isEqualTo(200);
        assertThat(get(startedInTheOutage, "/me", before).statusCode()).isEqualTo(200);
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(60, SECONDS)).isEqualTo(200);
      }
    } finally {
      load.shutdownNow();
    }
  }

  @Test
  void what_main_does_not_understand_it_does_not_run() {
    for (String[] args :
        List.of(
            new String[] {},
            new String[] {"--emulator", "--user-pool", "us-east-1_EXAMPLE"},
            new String[] {"--user-pool", "us-east-1_EXAMPLE"},
            new String[] {"--emulator", "--verbose"},
            new String[] {"--emulator", "--port"})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JettyExample.main(args))
          .withMessageContaining("usage:");
    }
  }

  private String signIn(RegionRole role) throws Exception {
    return SignIn.at(emulator, role, "ada", PASSWORD);
  }

  /** The emulator mints no groups, so this is signed by a key of the test's own. */
  private String admin(RSAKey key) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .subject("34c84488-e0e1-70ae-d2ee-991ad1a898c8")
                .issuer(emulator.userPool().issuer(IssuerType.ORIGINAL))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .issueTime(Date.from(Instant.now()))
                .claim("auth_time", Instant.now().getEpochSecond())
                .claim("token_use", "access")
                .claim("client_id", emulator.clientId())
                .claim("username", "root")
                .claim("cognito:groups", List.of("admins"))
                .build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private HttpResponse<String> get(Application application, String path, String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(application.uri() + path))
            .timeout(Duration.ofSeconds(60));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
