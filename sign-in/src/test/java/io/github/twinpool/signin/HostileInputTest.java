package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a browser brings, as a cookie, a sealed step or a callback's query, ends in the
 * exception that is documented for it, and never in another.
 */
class HostileInputTest {
  private static final int TIMES = 300;
  private static final SecretKey KEY = new SecretKeySpec(Secrets.bytes(new SecureRandom()), "AES");

  private static final FakeDomain DOMAIN = new FakeDomain();
  private static final UserPool POOL =
      UserPool.builder("us-east-1_EXAMPLE")
          .endpoint(RegionRole.PRIMARY, DOMAIN.uri())
          .updatedIssuerEndpoint(DOMAIN.uri())
          .domainEndpoint(RegionRole.PRIMARY, DOMAIN.uri())
          .build();
  private static final MultiRegionCognito COGNITO = MultiRegionCognito.builder(POOL).build();
  private static final TokenValidator VALIDATOR =
      TokenValidator.builder(POOL).clientId("web").build();
  private static final AuthorizationCodeFlow FLOW =
      AuthorizationCodeFlow.builder(COGNITO, VALIDATOR, "web")
          .redirectUri(URI.create("https://app.example.com/callback"))
          .stateKeys(KEY)
          .build();
  private static final SignIn SIGN_IN = SignIn.builder(COGNITO, "web").stepKeys(KEY).build();
  private static final SealedBox LOGINS = new SealedBox(List.of(KEY), "twinpool-login");
  private static final SealedBox STEPS = new SealedBox(List.of(KEY), "twinpool-step");

  @AfterAll
  static void close() {
    VALIDATOR.close();
    COGNITO.close();
    DOMAIN.close();
  }

  private static AuthorizationStart start() {
    DOMAIN.answers(400, "{\"error\":\"invalid_grant\"}");
    return FLOW.start(AuthorizationRequest.returningTo("/orders"));
  }

  private static String state(AuthorizationStart start) {
    return URLUtils.parseParameters(start.location().getRawQuery()).get("state").get(0);
  }

  private static String step() {
    Person person = Person.UNKNOWN.withMetadata(Map.of("a", "b"));
    return SIGN_IN.seal(
        new Pending(
            "SELECT_CHALLENGE",
            "session",
            "ada",
            Map.of("c", "d"),
            List.of("EMAIL_OTP"),
            Instant.now().plusSeconds(100),
            person));
  }

  private static void finish(String query, String cookie) {
    assertThatThrownBy(() -> FLOW.finish(query, cookie))
        .as("query %s, cookie %s", query, cookie)
        .isExactlyInstanceOf(AuthorizationException.class);
  }

  /** A step that is refused as documented, or is whole. */
  private static void resume(String sealed) {
    SignInChallenge step;
    try {
      step = SIGN_IN.resume(sealed);
    } catch (SealedStepException refused) {
      return;
    }
    assertThat(step.name()).isNotNull();
    assertThat(step.region()).isNotNull();
    assertThat(step.expiresAt()).isNotNull();
    assertThat(step.unavailable()).isNotNull();
    assertThat(step.seal()).isNotNull();
    if (step instanceof SelectChallenge it) {
      assertThat(it.choices()).isNotNull();
    }
  }

  /** Seals of which only one part is wrong. */
  static Stream<String> strangeSeals() {
    List<String> headers =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"alg\":null}",
            "{\"alg\":\"none\"}",
            "{\"alg\":\"\",\"enc\":\"\"}",
            "{\"alg\":\"dir\"}",
            "{\"alg\":\"dir\",\"enc\":null}",
            "{\"alg\":\"dir\",\"enc\":\"\"}",
            "{\"alg\":\"dir\",\"enc\":7}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":null}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"twinpool-login\",\"p2c\":-1}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"twinpool-login\",\"zip\":\"\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"twinpool-login\",\"crit\":[]}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"twinpool-login\",\"epk\":{\"kty\":\"EC\"}}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"twinpool-login\",\"x5c\":[null]}",
            "{\"a\":".repeat(3_000));
    List<String> parts = List.of("", "A", "====", "\u00e9", "AAAA", "A".repeat(1_000));
    List<String> seals = new ArrayList<>();
    headers.forEach(
        it -> seals.add(Base64URL.encode(it) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"));
    for (String purpose : List.of("twinpool-login", "twinpool-step")) {
      String header =
          Base64URL.encode("{\"typ\":\"" + purpose + "\",\"enc\":\"A256GCM\",\"alg\":\"dir\"}")
              .toString();
      for (String part : parts) {
        seals.add(header + "." + part + ".AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        seals.add(header + ".." + part + ".AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        seals.add(header + "..AAAAAAAAAAAAAAAA." + part + ".AAAAAAAAAAAAAAAAAAAAAA");
        seals.add(header + "..AAAAAAAAAAAAAAAA.AAAA." + part);
      }
    }
    return seals.stream();
  }

  @ParameterizedTest
  @MethodSource("strangeSeals")
  void a_strange_seal_is_none(String sealed) {
    finish("code=c&state=" + state(start()), sealed);
    assertThatThrownBy(() -> SIGN_IN.resume(sealed)).isExactlyInstanceOf(SealedStepException.class);
  }

  /** A form that only throws in its future must not throw before. */
  @ParameterizedTest
  @MethodSource("strangeSeals")
  void a_strange_seal_is_none_without_blocking_either(String sealed) {
    assertThat(FLOW.finishAsync("code=c&state=s", sealed))
        .isCompletedExceptionally()
        .satisfies(
            it ->
                assertThatThrownBy(it::join)
                    .hasCauseExactlyInstanceOf(AuthorizationException.class));
  }

  @Test
  void nothing_is_thrown_outside_of_the_future() {
    for (String query : Arrays.asList(null, "", "%", "code=c", "state=s", "code=c&state=%00")) {
      assertThatThrownBy(() -> FLOW.finishAsync(query, null).join())
          .as("%s", query)
          .hasCauseExactlyInstanceOf(AuthorizationException.class);
    }
  }

  /** What cookies are wrapped in, and what a browser, a proxy or a log makes of them. */
  @Test
  void a_genuine_seal_that_was_changed_on_its_way_is_refused_or_whole() {
    String login = start().browserState();
    String step = step();
    List<UnaryOperator<String>> ways =
        List.of(
            it -> "\"" + it + "\"",
            it -> " " + it,
            it -> it + "\u0000",
            it -> it + "=",
            it -> it.replace(".", "%2E"),
            it -> it.replace(".", "\u3002"),
            it -> it.toLowerCase(Locale.ROOT),
            it -> it + "." + it,
            it -> it + "," + it,
            it -> new StringBuilder(it).reverse().toString(),
            it -> it.substring(0, it.length() - 1),
            it -> it.substring(0, it.lastIndexOf('.') + 1));
    for (UnaryOperator<String> way : ways) {
      finish("code=c&state=s", way.apply(login));
      resume(way.apply(step));
    }
    assertThatThrownBy(() -> SIGN_IN.resume(login)).isExactlyInstanceOf(SealedStepException.class);
    finish("code=c&state=s", step);
  }

  /** As long as a seal may be, on a thread with as little stack as servers give. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"alg\":[", "[{\"a\":[", "{\"\\u0061\":"})
  void what_is_nested_deeply_is_refused_on_a_small_stack_too(String nested) throws Exception {
    String deep = nested.repeat(12_000 / nested.length());
    String header = "{\"typ\":\"twinpool-login\",\"enc\":\"A256GCM\",\"alg\":\"dir\",\"x\":";
    List<String> seals =
        List.of(
            Base64URL.encode(deep) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
            Base64URL.encode(header + deep.substring(100))
                + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
            sealed("twinpool-login", deep.substring(3_000)),
            sealed("twinpool-step", deep.substring(3_000)));
    assertThat(seals).allMatch(it -> it.length() <= 16_384);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              for (String seal : seals) {
                finish("code=c&state=s", seal);
                assertThatThrownBy(() -> SIGN_IN.resume(seal))
                    .isExactlyInstanceOf(SealedStepException.class);
              }
            },
            "small stack",
            200_000);
    small.setUncaughtExceptionHandler((it, error) -> failure.set(error));
    small.start();
    small.join();
    assertThat(failure.get()).isNull();
  }

  /** Genuine, from a version with other members, numbers for texts and times out of range. */
  @Test
  void a_time_that_no_calendar_has_is_refused_or_expired() {
    for (Object time :
        Arrays.asList(Long.MAX_VALUE, Long.MIN_VALUE, 1e300, -1e300, "9", new int[] {1}, true)) {
      Map<String, Object> login = content(LOGINS, start().browserState());
      login.put("exp", time);
      finish("code=c&state=s", LOGINS.seal(login));
      Map<String, Object> step = content(STEPS, step());
      step.put("exp", time);
      resume(STEPS.seal(step));
    }
  }

  @Test
  void a_missing_step_is_refused_as_a_forged_one() {
    assertThatThrownBy(() -> SIGN_IN.resume(null)).isExactlyInstanceOf(SealedStepException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%zz",
        "=",
        "&&&",
        "=&=",
        "state",
        "code=c&state=%",
        "code=c&state=%c0%80",
        "code=c&state=\u0000",
        "code=c&state=s&iss=%",
        "error=%&state=s",
        "code=%00&state=s"
      })
  void a_strange_query_is_no_answer(String query) {
    finish(query, start().browserState());
  }

  @Test
  void changed_cookies_and_queries_are_refused() {
    changed(
        random -> {
          AuthorizationStart start = start();
          String query = "code=c&state=" + state(start) + "&iss=https%3A%2F%2Fissuer";
          boolean cookie = random.nextBoolean();
          finish(
              cookie ? query : mutated(query, random),
              cookie ? mutated(start.browserState(), random) : start.browserState());
        });
  }

  @Test
  void changed_steps_are_refused() {
    String sealed = step();
    changed(random -> resume(mutated(sealed, random)));
  }

  @Test
  void what_another_version_sealed_under_the_same_key_is_refused_or_whole() {
    changed(
        random -> {
          AuthorizationStart start = start();
          Map<String, Object> login = mutated(content(LOGINS, start.browserState()), random);
          String query = "code=c&state=" + state(start);
          finish(query, LOGINS.seal(login));
          resume(STEPS.seal(mutated(content(STEPS, step()), random)));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "7", "\"x\"", "{\"aud\":{}}"})
  void what_is_sealed_and_no_object_is_refused(String payload) throws JOSEException {
    finish("code=c&state=s", sealed("twinpool-login", payload));
    assertThatThrownBy(() -> SIGN_IN.resume(sealed("twinpool-step", payload)))
        .isExactlyInstanceOf(SealedStepException.class);
    String deep = "{\"a\":".repeat(1_000);
    finish("code=c&state=s", sealed("twinpool-login", deep));
  }

  private static String sealed(String purpose, String payload) throws JOSEException {
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
            .type(new JOSEObjectType(purpose))
            .build();
    JWEObject jwe = new JWEObject(header, new Payload(payload));
    jwe.encrypt(new DirectEncrypter(KEY));
    return jwe.serialize();
  }

  private static Map<String, Object> content(SealedBox box, String sealed) {
    return new LinkedHashMap<>(box.open(sealed).orElseThrow().members());
  }

  private static void changed(Consumer<Random> check) {
    for (long seed : new long[] {1, System.nanoTime()}) {
      System.out.println("Hostile input from seed " + seed);
      Random random = new Random(seed);
      for (int i = 0; i < TIMES; i++) {
        check.accept(random);
      }
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(changed.length() + 1);
      int end = Math.min(changed.length(), at + random.nextInt(40));
      switch (random.nextInt(6)) {
        case 0 -> changed.delete(at, end);
        case 1 -> changed.insert(at, ".");
        case 2 -> changed.insert(at, (char) random.nextInt(0x3000));
        case 3 -> changed.insert(at, changed.substring(at, end));
        case 4 -> changed.replace(at, end, Base64URL.encode(oneOf(random) + "").toString());
        default -> changed.setLength(at);
      }
    }
    // What was not changed in the end is no hostile input.
    return changed.toString().equals(text) ? text + "." : changed.toString();
  }

  private static Map<String, Object> mutated(Map<String, Object> content, Random random) {
    List<String> names = List.copyOf(content.keySet());
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      String name = names.get(random.nextInt(names.size()));
      if (random.nextBoolean()) {
        content.remove(name);
      } else {
        content.put(name, oneOf(random));
      }
    }
    return content;
  }

  private static Object oneOf(Random random) {
    List<Object> values =
        Arrays.asList(
            null,
            "",
            " ",
            "x",
            "none",
            "SECONDARY",
            "\u0000",
            new String(new byte[] {-1}, UTF_8),
            -1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1.5,
            true,
            List.of(),
            Arrays.asList(1, null),
            Map.of(),
            Map.of("kty", "EC"),
            "x".repeat(100));
    return values.get(random.nextInt(values.size()));
  }
}
