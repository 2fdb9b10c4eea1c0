package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.UserPool;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
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

  /** As Boot binds them: empty, in other spellings, from a list, and by a placeholder. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authority-prefix=",
        "authority-prefix=${nothing:}",
        "authority-prefix=false",
        "authorityPrefix=ROLE_",
        "authority_prefix=ROLE_",
        "AUTHORITY-PREFIX=ROLE_",
        "principalClaimName=username",
        "principal-claim-name=",
        "authorities-claim-delimiter=",
        "authorities-claim-expressions=[groups]",
        "authorities-claim-expressions[1]=[groups]"
      })
  void no_spelling_of_a_property_of_boots_takes_the_separation_away(String property) {
    both(
        context -> assertThat(context).hasFailed(),
        Stream.concat(Stream.of(PARTNERS), Stream.of(BOOTS + property)).toArray(String[]::new));
  }

  @Test
  void variables_of_the_environment_count_in_every_form() {
    for (String variable :
        List.of(
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUTHORITY_PREFIX",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUTHORITYPREFIX",
            "spring_security_oauth2_resourceserver_jwt_authorityprefix",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUTHORITIESCLAIMEXPRESSIONS_0_",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUTHORITIESCLAIMEXPRESSIONS_0")) {
      servlet
          .withPropertyValues(pool.properties())
          .withPropertyValues(PARTNERS)
          .withInitializer(context -> environment(context, Map.of(variable, "[groups]")))
          .run(context -> assertThat(context).as(variable).hasFailed());
    }
  }

  private static void environment(
      ConfigurableApplicationContext context, Map<String, Object> variables) {
    context
        .getEnvironment()
        .getPropertySources()
        .addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
  }

  /** One of the other kind of application is of no use to this one, and Boot's is made. */
  @Test
  void a_converter_for_the_other_kind_of_application_answers_for_nothing() {
    String[] properties =
        Stream.of(pool.properties(), PARTNERS, new String[] {BOOTS + "authority-prefix=ROLE_"})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    servlet
        .withPropertyValues(properties)
        .withBean(ReactiveJwtAuthenticationConverter.class, ReactiveJwtAuthenticationConverter::new)
        .run(context -> assertThat(context).hasFailed());
    reactive
        .withPropertyValues(properties)
        .withBean(JwtAuthenticationConverter.class, JwtAuthenticationConverter::new)
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twinpool.additional-pools.again.user-pool-id=eu-west-1_PARTNERS;"
            + "twinpool.additional-pools.again.client-ids=partner",
        "twinpool.additional-pools.SCOPE_orders.user-pool-id=eu-west-1_OTHER;"
            + "twinpool.additional-pools.SCOPE_orders.client-ids=other",
        "twinpool.authorities.group-prefix=",
        "twinpool.authorities.group-prefix=partners:",
        "twinpool.authorities.scope-prefix=partners:SCOPE_",
        "twinpool.authorities.scope-prefix=p",
        "twinpool.additional-pools.[a:b].user-pool-id=eu-west-1_OTHER;"
            + "twinpool.additional-pools.[a:b].client-ids=other",
        "twinpool.additional-pools.[part\u00e9].user-pool-id=eu-west-1_OTHER;"
            + "twinpool.additional-pools.[part\u00e9].client-ids=other"
      })
  void names_of_pools_and_prefixes_that_could_pass_for_one_another_are_refused(String properties) {
    both(
        context -> assertThat(context).hasFailed(),
        Stream.concat(Stream.of(PARTNERS), Stream.of(properties.split(";", -1)))
            .toArray(String[]::new));
  }

  @Test
  void a_pool_that_is_the_main_pool_again_is_refused() {
    both(
        context -> assertThat(context).hasFailed(),
        "twinpool.additional-pools.again.user-pool-id=" + pool.emulator().userPool().id(),
        "twinpool.additional-pools.again.client-ids=app");
  }

  /** What Boot adds to its properties must not be missed here. */
  @Test
  void every_property_of_boots_is_known() {
    Set<String> known =
        Set.of(
            "authority-prefix",
            "authorities-claim-name",
            "authorities-claim-delimiter",
            "authorities-claim-expressions",
            "principal-claim-name",
            "issuer-uri",
            "jwk-set-uri",
            "public-key-location",
            "jws-algorithms",
            "audiences");
    assertThat(
            Stream.of(OAuth2ResourceServerProperties.Jwt.class.getMethods())
                .map(Method::getName)
                .filter(it -> it.startsWith("set"))
                .map(it -> DataObjectPropertyName.toDashedForm(it.substring(3))))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audiences[0]=https://api.example.com",
        "audiences=https://api.example.com,",
        "audiences=,https://api.example.com",
        "Audiences= https://api.example.com "
      })
  void audiences_count_however_they_are_written(String property) {
    String bound = pool.sign(claims -> claims.audience("https://api.example.com"));
    List<String> others =
        Stream.of("", " ", ",", "https://api.example.com/", "HTTPS://API.EXAMPLE.COM", "null")
            .map(audience -> pool.sign(claims -> claims.audience(audience)))
            .toList();
    both(
        context -> {
          assertThat(decode(context, bound)).isNotNull();
          assertThatExceptionOfType(BadJwtException.class)
              .isThrownBy(() -> decode(context, pool.user()));
          for (String other : others) {
            assertThatExceptionOfType(BadJwtException.class)
                .isThrownBy(() -> decode(context, other));
          }
        },
        BOOTS + property);
  }

  @Test
  void audiences_from_the_environment_count() {
    String foreign = pool.sign(claims -> claims.audience("https://other.example.com"));
    for (String variable :
        List.of(
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES_0",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES_0_")) {
      servlet
          .withPropertyValues(pool.properties())
          .withPropertyValues("twinpool.keys.files=" + pool.keyFile())
          .withInitializer(
              context -> environment(context, Map.of(variable, "https://api.example.com")))
          .run(
              context ->
                  assertThatExceptionOfType(BadJwtException.class)
                      .as(variable)
                      .isThrownBy(() -> decode(context, foreign)));
    }
  }

  @Test
  void an_audience_of_another_type_is_none() {
    List<String> posing =
        Stream.<Object>of(
                List.of(),
                List.of(List.of("https://api.example.com")),
                Map.of("https://api.example.com", true),
                7)
            .map(audience -> pool.sign(claims -> claims.claim("aud", audience)))
            .toList();
    both(
        context -> {
          for (String token : posing) {
            assertThatExceptionOfType(BadJwtException.class)
                .isThrownBy(() -> decode(context, token));
          }
        },
        BOOTS + "audiences=https://api.example.com,7");
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
