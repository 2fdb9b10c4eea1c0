package io.github.twinpool.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** The application over HTTP, 50 requests a second, while its primary Region hangs for 15 s. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ResourceLock("outages")
@ActiveProfiles("emulator")
@Tag("slow")
class BootExampleOutageTest {
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");
  private static final int PER_SECOND = 50;
  private static final int BEFORE = 2;
  private static final int OUTAGE = 15;
  private static final int AFTER = 3;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<CompletableFuture<HttpResponse<String>>> reads = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<HttpResponse<String>>> signIns =
      new CopyOnWriteArrayList<>();

  @Autowired CognitoEmulator emulator;
  @LocalServerPort int port;

  @Test
  void nobody_notices_but_those_who_want_to_sign_up() throws Exception {
    String token = accessToken(signIn().get(30, TimeUnit.SECONDS).body());
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    AtomicInteger calls = new AtomicInteger();
    ScheduledFuture<?> load =
        timer.scheduleAtFixedRate(
            () -> {
              // One in five signs in, the others bring a token.
              if (calls.incrementAndGet() % 5 == 0) {
                signIns.add(signIn());
              } else {
                reads.add(get("/me", token));
              }
            },
            0,
            1_000 / PER_SECOND,
            TimeUnit.MILLISECONDS);
    List<HttpResponse<String>> signUps = new ArrayList<>();
    try {
      timer.schedule(() -> {}, BEFORE, TimeUnit.SECONDS).get();
      emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
      ScheduledFuture<?> late = timer.schedule(() -> {}, OUTAGE - 5, TimeUnit.SECONDS);
      late.get();
      String features = get("/features", null).get(30, TimeUnit.SECONDS).body();
      assertThat(features).isEqualTo("{\"signUp\":false}");
      // The first of a second is the trial that finds out whether the primary is back.
      List<CompletableFuture<HttpResponse<String>>> tries = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        tries.add(signUp("new" + i));
      }
      timer.schedule(() -> {}, 5, TimeUnit.SECONDS).get();
      emulator.region(RegionRole.PRIMARY).recover();
      timer.schedule(() -> {}, AFTER, TimeUnit.SECONDS).get();
      for (CompletableFuture<HttpResponse<String>> each : tries) {
        signUps.add(each.get(30, TimeUnit.SECONDS));
      }
    } finally {
      load.cancel(false);
      timer.shutdownNow();
    }
    for (CompletableFuture<HttpResponse<String>> read : reads) {
      assertThat(read.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    for (CompletableFuture<HttpResponse<String>> signIn : signIns) {
      assertThat(signIn.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    System.out.printf("%d reads and %d sign-ins, 0 failed%n", reads.size(), signIns.size());
    assertThat(reads.size() + signIns.size()).isGreaterThan(PER_SECOND * OUTAGE / 2);
    assertThat(signUps)
        .filteredOn(it -> it.statusCode() == 503)
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            refused -> {
              assertThat(refused.headers().firstValue("Content-Type"))
                  .hasValue("application/problem+json");
              assertThat(refused.headers().firstValue("Retry-After")).isPresent();
              assertThat(refused.body())
                  .contains("SIGN_UP is off while the primary Region")
                  .contains("\"capability\":\"SIGN_UP\"");
            });
    String health = get("/actuator/health", null).get(30, TimeUnit.SECONDS).body();
    assertThat(health).contains("\"status\":\"UP\"").contains("SECONDARY");
  }

  @Test
  void a_wrong_password_and_a_bad_token_are_401_and_a_missing_group_is_403() throws Exception {
    assertThat(post("/sign-in", "ada", "wrong").get(30, TimeUnit.SECONDS).statusCode())
        .isEqualTo(401);
    String token = accessToken(signIn().get(30, TimeUnit.SECONDS).body());
    assertThat(get("/me", token + "x").get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
    assertThat(get("/me", null).get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
    assertThat(get("/admin", token).get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(403);
  }

  private static String accessToken(String body) {
    Matcher token = ACCESS_TOKEN.matcher(body);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private CompletableFuture<HttpResponse<String>> signIn() {
    return post("/sign-in", "ada", "Correct-Horse-7");
  }

  private CompletableFuture<HttpResponse<String>> signUp(String user) {
    return post("/sign-up", user, "Correct-Horse-7");
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String user, String password) {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private CompletableFuture<HttpResponse<String>> get(String path, String token) {
    HttpRequest.Builder request = request(path);
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
