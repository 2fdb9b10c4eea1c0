package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.spring.Effects.Row;
import io.github.twinpool.token.KeysUnavailableException;
import io.github.twinpool.token.RejectionCode;
import io.github.twinpool.token.TokenValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What the properties of the token validator do, and those of the filter that asks it. */
final class TokenEffects {
  private TokenEffects() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "twinpool.token.enabled",
            with ->
                with.run(
                    it -> assertThat(it).doesNotHaveBean(TokenValidator.class),
                    "twinpool.token.enabled=false")),
        new Row("twinpool.token.use", TokenEffects::use),
        new Row("twinpool.token.clock-skew", TokenEffects::clockSkew),
        new Row(
            "twinpool.token.max-length",
            with -> {
              String token = with.pool().user("g".repeat(1_000));
              assertThat(with.rejection(token, with.ownKeys())).isEmpty();
              assertThat(with.rejection(token, with.ownKeys(), "twinpool.token.max-length=1024"))
                  .isPresent();
            }),
        new Row("twinpool.token.preload", TokenEffects::preload),
        Row.bound("twinpool.token.refresh-interval", "1s"),
        Row.bound("twinpool.token.removed-key-grace", "25h"),
        Row.bound("twinpool.token.outage-max-age", "1s"),
        new Row("twinpool.token.keys-timeout", TokenEffects::keysTimeout),
        new Row(
            "twinpool.token.cache-size",
            with -> {
              with.validating(it -> assertThat(validator(it).status().cache()).isNotNull());
              with.validating(
                  it -> assertThat(validator(it).status().cache()).isNull(),
                  "twinpool.token.cache-size=0");
            }),
        new Row("twinpool.token.corretto-crypto", TokenEffects::correttoCrypto),
        new Row("twinpool.token.retry-after", TokenEffects::retryAfter),
        new Row(
            "twinpool.filter.enabled",
            with -> {
              assertThat(with.answer("/health", null)).isEqualTo(200);
              assertThat(with.answer("/health", null, "twinpool.filter.enabled=true"))
                  .isEqualTo(401);
            }),
        new Row(
            "twinpool.filter.public-paths",
            with ->
                assertThat(
                        with.answer(
                            "/health",
                            null,
                            "twinpool.filter.enabled=true",
                            "twinpool.filter.public-paths=GET /health"))
                    .isEqualTo(200)),
        new Row("twinpool.filter.rules", TokenEffects::rules));
  }

  private static TokenValidator validator(AssertableApplicationContext context) {
    return context.getBean(TokenValidator.class);
  }

  private static void use(Effects with) {
    String id = with.pool().tokens().idToken();
    with.validating(
        it ->
            assertThatExceptionOfType(BadJwtException.class)
                .isThrownBy(() -> it.getBean(JwtDecoder.class).decode(id)));
    with.validating(
        it -> assertThat(it.getBean(JwtDecoder.class).decode(id).getSubject()).isNotEmpty(),
        "twinpool.token.use=id");
  }

  private static void clockSkew(Effects with) {
    String expired =
        with.pool().sign(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(9))));
    assertThat(with.rejection(expired, with.ownKeys())).hasValue(RejectionCode.EXPIRED);
    assertThat(with.rejection(expired, with.ownKeys(), "twinpool.token.clock-skew=5m")).isEmpty();
  }

  private static void preload(Effects with) {
    with.validating(
        it -> assertThat(validator(it).isReady()).isTrue(), "twinpool.token.preload=blocking");
    with.validating(
        it -> Awaitility.await().until(() -> validator(it).isReady()),
        "twinpool.token.preload=background");
    with.validating(
        it -> {
          assertThat(validator(it).isReady()).isFalse();
          validator(it).validateAccessToken(with.pool().tokens().accessToken());
          assertThat(validator(it).isReady()).as("after the first token").isTrue();
        },
        "twinpool.token.preload=none");
  }

  private static void keysTimeout(Effects with) {
    String token = with.pool().tokens().accessToken();
    with.pool().outage(Outage.hang());
    try {
      with.validating(
          it ->
              Effects.assertSooner(
                  Duration.ofSeconds(4),
                  () ->
                      assertThatExceptionOfType(KeysUnavailableException.class)
                          .isThrownBy(() -> validator(it).validateAccessToken(token))),
          "twinpool.token.keys-timeout=100ms");
    } finally {
      with.pool().outage(Outage.none());
    }
  }

  /** Looked for where it may be used, in whose stead a class stands that does not work. */
  private static void correttoCrypto(Effects with) {
    int before = AmazonCorrettoCryptoProvider.made();
    with.validating(it -> {}, "twinpool.token.corretto-crypto=false");
    assertThat(AmazonCorrettoCryptoProvider.made()).isEqualTo(before);
    with.validating(it -> {}, "twinpool.token.corretto-crypto=true");
    assertThat(AmazonCorrettoCryptoProvider.made()).isGreaterThan(before);
  }

  private static void retryAfter(Effects with) {
    String token = with.pool().tokens().accessToken();
    with.pool().outage(Outage.refused());
    try {
      with.servlet(
          it -> {
            MockHttpServletResponse response = new MockHttpServletResponse();
            it.getBean("twinpoolKeysUnavailableFilter", FilterRegistrationBean.class)
                .getFilter()
                .doFilter(
                    new MockHttpServletRequest(),
                    response,
                    (rq, rs) -> it.getBean(JwtDecoder.class).decode(token));
            assertThat(response.getHeader("Retry-After")).isEqualTo("11");
          },
          "twinpool.token.retry-after=11s",
          "twinpool.token.keys-timeout=100ms");
    } finally {
      with.pool().outage(Outage.none());
    }
  }

  private static void rules(Effects with) {
    String[] rule = {
      with.ownKeys(),
      "twinpool.filter.enabled=true",
      "twinpool.filter.rules[0].path=/me",
      "twinpool.filter.rules[0].any-group=staff",
      "twinpool.filter.rules[0].scopes=orders"
    };
    assertThat(with.answer("/me", with.pool().user("staff"), rule)).isEqualTo(200);
    assertThat(with.answer("/me", with.pool().user("guests"), rule)).isEqualTo(403);
  }
}
