package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.UserPool;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import reactor.core.publisher.Mono;

/** What Boot's own properties for resource servers do beside ours, servlet and reactive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootsJwtPropertiesTest {
  private static final String BOOTS = "spring.security.oauth2.resourceserver.jwt.";
  private static final String[] PARTNERS = {
    "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
    "twinpool.additional-pools.partners.client-ids=partner"
  };
  private static final AutoConfigurations ALL =
      AutoConfigurations.of(
          TwinpoolAutoConfiguration.class,
          TwinpoolTokenAutoConfiguration.class,
          TwinpoolSecurityAutoConfiguration.class,
          OAuth2ResourceServerAutoConfiguration.class,
          ReactiveOAuth2ResourceServerAutoConfiguration.class);

  private final WebApplicationContextRunner servlet =
      new WebApplicationContextRunner()
          .withConfiguration(ALL)
          .withPropertyValues("twinpool.token.preload=none");
  private final ReactiveWebApplicationContextRunner reactive =
      new ReactiveWebApplicationContextRunner()
          .withConfiguration(ALL)
          .withPropertyValues("twinpool.token.preload=none");

  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  private void both(
      Consumer<ApplicationContextAssertProvider<? extends ConfigurableApplicationContext>> test,
      String... properties) {
    String[] all =
        Stream.of(
                pool.properties(),
                new String[] {"twinpool.keys.files=" + pool.keyFile()},
                properties)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    servlet.withPropertyValues(all).run(test::accept);
    reactive.withPropertyValues(all).run(test::accept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authority-prefix=ROLE_",
        "authorities-claim-name=cognito:groups",
        "authorities-claim-delimiter=,",
        "authorities-claim-expressions[0]=[groups]",
        "principal-claim-name=username"
      })
  void with_more_pools_than_one_no_property_of_boots_takes_their_separation_away(String property) {
    both(
        context -> {
          assertThat(context).hasFailed();
          assertThat(
                  new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                      .analyze(context.getStartupFailure())
                      .getDescription())
              .contains(
                  "twinpool.additional-pools",
                  BOOTS + property.replaceFirst("[=\\[].*", ""),
                  "partners");
        },
        Stream.concat(Stream.of(PARTNERS), Stream.of(BOOTS + property)).toArray(String[]::new));
  }

  @Test
  void a_second_pool_that_comes_from_a_customizer_counts_too() {
    servlet
        .withPropertyValues(pool.properties())
        .withPropertyValues(BOOTS + "authority-prefix=ROLE_")
        .withBean(
            TokenValidatorBuilderCustomizer.class,
            () ->
                builder ->
                    builder.pool(UserPool.of("eu-west-1_PARTNER"), it -> it.clientId("partner")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidTwinpoolPropertyException.class)
                    .hasMessageContaining("eu-west-1_PARTNER"));
  }

  @Test
  void separation_is_kept_in_lazy_applications_and_with_properties_from_the_environment() {
    servlet
        .withPropertyValues(pool.properties())
        .withPropertyValues(PARTNERS)
        .withInitializer(
            context -> {
              context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
              context
                  .getEnvironment()
                  .getPropertySources()
                  .addLast(
                      new SystemEnvironmentPropertySource(
                          "test-systemEnvironment",
                          Map.of(
                              "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PRINCIPALCLAIMNAME",
                              "username")));
            })
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void a_converter_of_the_applications_own_answers_for_the_pools_itself() {
    String[] properties =
        Stream.of(pool.properties(), PARTNERS, new String[] {BOOTS + "authority-prefix=ROLE_"})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    servlet
        .withPropertyValues(properties)
        .withBean(JwtAuthenticationConverter.class, JwtAuthenticationConverter::new)
        .run(context -> assertThat(context).hasNotFailed());
    reactive
        .withPropertyValues(properties)
        .withBean(ReactiveJwtAuthenticationConverter.class, ReactiveJwtAuthenticationConverter::new)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void one_pool_may_have_boots_authorities() {
    both(context -> assertThat(context).hasNotFailed(), BOOTS + "authority-prefix=ROLE_");
    both(context -> assertThat(context).hasNotFailed(), PARTNERS);
  }

  @Test
  void a_token_for_another_audience_than_boots_properties_name_is_refused() {
    String foreign = pool.sign(claims -> claims.audience("https://other.example.com"));
    String bound = pool.sign(claims -> claims.audience("https://api.example.com"));
    both(
        context -> {
          assertThatExceptionOfType(JwtValidationException.class)
              .isThrownBy(() -> decode(context, foreign))
              .satisfies(it -> assertThat(it.getErrors().toString()).contains("aud"));
          assertThatExceptionOfType(BadJwtException.class)
              .as("a token without an audience")
              .isThrownBy(() -> decode(context, pool.user()));
          assertThat(decode(context, bound).getAudience())
              .containsExactly("https://api.example.com");
        },
        BOOTS + "audiences=https://spare.example.com,https://api.example.com");
    both(context -> assertThatCode(() -> decode(context, foreign)).doesNotThrowAnyException());
  }

  /** By the decoder that such an application uses. */
  private static Jwt decode(
      ApplicationContextAssertProvider<? extends ConfigurableApplicationContext> context,
      String token) {
    return context.getSourceApplicationContext() instanceof ReactiveWebApplicationContext
        ? context.getBean(ReactiveJwtDecoder.class).decode(token).block()
        : context.getBean(JwtDecoder.class).decode(token);
  }

  @Test
  void a_decoder_of_the_applications_own_is_left_alone() {
    Jwt jwt = Jwt.withTokenValue("t").header("alg", "none").subject("somebody").build();
    servlet
        .withPropertyValues(pool.properties())
        .withPropertyValues(BOOTS + "audiences=https://api.example.com")
        .withBean(JwtDecoder.class, () -> token -> jwt)
        .run(context -> assertThat(context.getBean(JwtDecoder.class).decode("t")).isSameAs(jwt));
    reactive
        .withPropertyValues(pool.properties())
        .withPropertyValues(BOOTS + "audiences=https://api.example.com")
        .withBean(ReactiveJwtDecoder.class, () -> token -> Mono.just(jwt))
        .run(
            context ->
                assertThat(context.getBean(ReactiveJwtDecoder.class).decode("t").block())
                    .isSameAs(jwt));
  }

  /** They are about access tokens, and a decoder of ID tokens would go round them. */
  @ParameterizedTest
  @CsvSource({
    "twinpool.require.scopes,orders",
    "twinpool.require.audience,https://api.example.com",
    "twinpool.additional-pools.partners.require.scopes,orders",
    "twinpool.additional-pools.partners.require.audience,https://api.example.com"
  })
  void requirements_that_id_tokens_cannot_meet_are_refused_with_use_id(
      String property, String value) {
    String[] required =
        Stream.concat(Stream.of(PARTNERS), Stream.of(property + "=" + value))
            .toArray(String[]::new);
    both(context -> assertThat(context).hasNotFailed(), required);
    both(
        context -> {
          assertThat(context).hasFailed();
          assertThat(
                  new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                      .analyze(context.getStartupFailure())
                      .getDescription())
              .contains(property, "twinpool.token.use");
        },
        Stream.concat(Stream.of(required), Stream.of("twinpool.token.use=id"))
            .toArray(String[]::new));
    both(
        context -> assertThat(context).hasNotFailed(),
        "twinpool.require.any-group=staff",
        "twinpool.token.use=id");
  }
}
