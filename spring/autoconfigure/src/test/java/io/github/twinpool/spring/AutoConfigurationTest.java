package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.autoconfigure.cognito.CognitoAutoConfiguration;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Which beans there are, and for whom they make way. Nothing here needs a server. */
class AutoConfigurationTest {
  static final AutoConfigurations ALL =
      AutoConfigurations.of(
          TwinpoolAutoConfiguration.class,
          TwinpoolFailoverAutoConfiguration.class,
          TwinpoolHealthSignalAutoConfiguration.class,
          TwinpoolTokenAutoConfiguration.class,
          TwinpoolSecurityAutoConfiguration.class,
          TwinpoolHealthAutoConfiguration.class,
          TwinpoolEndpointAutoConfiguration.class,
          TwinpoolMetricsAutoConfiguration.class,
          OAuth2ResourceServerAutoConfiguration.class,
          ReactiveOAuth2ResourceServerAutoConfiguration.class);

  /** An address where nothing answers: no start may need it. */
  static final String[] POOL = {
    "twinpool.user-pool-id=us-east-1_EXAMPLE",
    "twinpool.secondary-region=us-west-2",
    "twinpool.endpoints.primary=http://127.0.0.1:9",
    "twinpool.endpoints.secondary=http://127.0.0.1:9",
    "twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
    "twinpool.client-ids=app"
  };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withConfiguration(ALL).withPropertyValues(POOL);

  @Test
  void a_pool_and_a_client_id_give_all_beans_while_no_region_answers() {
    runner.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(UserPool.class)
                .hasSingleBean(MultiRegionCognito.class)
                .hasSingleBean(CognitoIdentityProviderClient.class)
                .hasSingleBean(CognitoIdentityProviderAsyncClient.class)
                .hasSingleBean(TokenValidator.class)
                .hasSingleBean(JwtDecoder.class)
                .hasSingleBean(ReactiveJwtDecoder.class)
                .hasSingleBean(JwtAuthenticationConverter.class)
                .hasSingleBean(ReactiveJwtAuthenticationConverter.class)
                .hasBean("twinpoolHealthIndicator"));
  }

  @Test
  void turned_off_there_is_nothing() {
    runner
        .withPropertyValues("twinpool.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(UserPool.class)
                    .doesNotHaveBean(MultiRegionCognito.class)
                    .doesNotHaveBean(TokenValidator.class)
                    .doesNotHaveBean(JwtDecoder.class)
                    .doesNotHaveBean("twinpoolHealthIndicator"));
  }

  @Test
  void failover_turned_off_leaves_the_tokens() {
    runner
        .withPropertyValues("twinpool.failover.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(MultiRegionCognito.class)
                    .doesNotHaveBean(CognitoIdentityProviderClient.class)
                    .hasSingleBean(TokenValidator.class)
                    .hasBean("twinpoolHealthIndicator"));
  }

  @Test
  void tokens_turned_off_need_no_client_id_and_leave_the_failover() {
    runner
        .withPropertyValues("twinpool.token.enabled=false", "twinpool.client-ids=")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(MultiRegionCognito.class)
                    .doesNotHaveBean(TokenValidator.class)
                    .doesNotHaveBean(JwtDecoder.class));
  }

  @Test
  void without_the_aws_sdk_there_are_tokens_only() {
    runner
        .withClassLoader(
            new FilteredClassLoader("software.amazon.awssdk", "io.github.twinpool.failover"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("multiRegionCognito")
                    .doesNotHaveBean("cognitoIdentityProviderClient")
                    .hasSingleBean(TokenValidator.class)
                    .hasSingleBean(JwtDecoder.class)
                    .hasBean("twinpoolHealthIndicator"));
  }

  @Test
  void without_token_validation_there_is_the_failover_only() {
    runner
        .withClassLoader(new FilteredClassLoader("io.github.twinpool.token", "com.nimbusds"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(MultiRegionCognito.class)
                    .doesNotHaveBean("tokenValidator")
                    .doesNotHaveBean("jwtDecoder"));
  }

  @Test
  void without_spring_security_there_is_a_validator_but_no_decoder() {
    runner
        .withClassLoader(new FilteredClassLoader(BearerTokenErrors.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(TokenValidator.class)
                    .doesNotHaveBean(JwtDecoder.class));
  }

  @Test
  void without_reactor_there_is_no_reactive_decoder() {
    runner
        .withClassLoader(new FilteredClassLoader(Mono.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(JwtDecoder.class)
                    .doesNotHaveBean("reactiveJwtDecoder"));
  }

  @Test
  void without_micrometer_the_rest_is_there() {
    runner
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(MultiRegionCognito.class)
                    .doesNotHaveBean("twinpoolFailoverMeters"));
  }

  @Test
  void boots_decoder_is_not_made_beside_ours() {
    runner
        .withPropertyValues(
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:9/jwks")
        .run(
            context ->
                assertThat(context.getBean(JwtDecoder.class))
                    .isInstanceOf(CognitoJwtDecoder.class));
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
  void boots_properties_for_authorities_win(String property) {
    runner
        .withPropertyValues("spring.security.oauth2.resourceserver.jwt." + property)
        .run(
            context ->
                assertThat(converters(context))
                    .isNotEmpty()
                    .noneSatisfy(it -> assertThat(it).startsWith("io.github.twinpool")));
    runner
        .withPropertyValues("spring.security.oauth2.resourceserver.jwt.audiences=somebody")
        .run(
            context ->
                assertThat(converters(context))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it).startsWith("io.github.twinpool")));
  }

  /** Who makes them. */
  private static List<String> converters(AssertableApplicationContext context) {
    return Stream.of(context.getBeanDefinitionNames())
        .filter(it -> it.toLowerCase(Locale.ROOT).contains("jwtauthenticationconverter"))
        .map(it -> context.getBeanFactory().getBeanDefinition(it).getFactoryBeanName())
        .toList();
  }

  /** As Boot's own conditions read them, which take the names of environment variables, too. */
  @Test
  void boots_properties_for_authorities_win_from_the_environment_too() {
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of(
                                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUTHORITIESCLAIMNAME",
                                "groups"))))
        .run(
            context ->
                assertThat(converters(context))
                    .isNotEmpty()
                    .noneSatisfy(it -> assertThat(it).startsWith("io.github.twinpool")));
  }

  @Test
  void the_endpoint_is_there_once_it_is_exposed() {
    runner.run(context -> assertThat(context).doesNotHaveBean(TwinpoolEndpoint.class));
    ApplicationContextRunner exposed =
        runner.withPropertyValues("management.endpoints.web.exposure.include=twinpool");
    exposed.run(context -> assertThat(context).hasSingleBean(TwinpoolEndpoint.class));
    exposed
        .withPropertyValues("management.endpoint.twinpool.access=NONE")
        .run(context -> assertThat(context).doesNotHaveBean(TwinpoolEndpoint.class));
    exposed
        .withPropertyValues("twinpool.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(TwinpoolEndpoint.class));
  }

  @Test
  void there_are_meters_of_what_is_configured_and_none_without_a_registry() {
    runner.run(
        context ->
            assertThat(context)
                .doesNotHaveBean(FailoverMeters.class)
                .doesNotHaveBean(TokenMeters.class));
    ApplicationContextRunner metered =
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
    metered.run(
        context ->
            assertThat(context)
                .hasSingleBean(FailoverMeters.class)
                .hasSingleBean(TokenMeters.class));
    metered
        .withPropertyValues("twinpool.failover.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(FailoverMeters.class)
                    .hasSingleBean(TokenMeters.class));
    metered
        .withPropertyValues("twinpool.token.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(FailoverMeters.class)
                    .doesNotHaveBean(TokenMeters.class));
  }

  @Test
  void the_503_filter_is_for_servlets_and_the_503_handler_for_webflux() {
    new WebApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(POOL)
        .run(
            context ->
                assertThat(context)
                    .hasBean("twinpoolKeysUnavailableFilter")
                    .doesNotHaveBean(KeysUnavailableExceptionHandler.class));
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(POOL)
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean("twinpoolKeysUnavailableFilter")
                    .hasSingleBean(KeysUnavailableExceptionHandler.class));
    runner.run(
        context ->
            assertThat(context)
                .doesNotHaveBean("twinpoolKeysUnavailableFilter")
                .doesNotHaveBean(KeysUnavailableExceptionHandler.class));
  }

  @Test
  void a_pool_of_the_applications_own_wins_and_no_property_is_needed() {
    UserPool own = UserPool.of("eu-west-1_OWN").replicatedTo("eu-central-1");
    new ApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues("twinpool.any-client=true")
        .withBean(UserPool.class, () -> own)
        .run(context -> assertThat(context.getBean(UserPool.class)).isSameAs(own));
  }

  @Test
  void connection_details_of_the_applications_own_win_over_the_properties() {
    UserPool own = UserPool.of("eu-west-1_OWN").replicatedTo("eu-central-1");
    runner
        .withPropertyValues("twinpool.client-ids=")
        .withBean(TwinpoolConnectionDetails.class, () -> new OwnDetails(own, Set.of("mine")))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(UserPool.class)).isSameAs(own);
            });
  }

  @Test
  void beans_of_the_applications_own_win() {
    runner
        .withUserConfiguration(OwnBeans.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(MultiRegionCognito.class);
              assertThat(context).hasSingleBean(TokenValidator.class);
              assertThat(context.getBean(JwtDecoder.class))
                  .isNotInstanceOf(CognitoJwtDecoder.class);
              assertThat(context.getBean(ReactiveJwtDecoder.class))
                  .isNotInstanceOf(CognitoReactiveJwtDecoder.class);
              assertThat(context).hasBean("ownConverter").hasBean("ownReactiveConverter");
              assertThat(context).doesNotHaveBean("jwtAuthenticationConverter");
              assertThat(context).doesNotHaveBean("reactiveJwtAuthenticationConverter");
            });
  }

  @Test
  void an_application_with_several_validators_and_a_decoder_of_its_own_starts() {
    JwtDecoder decoder = token -> null;
    ReactiveJwtDecoder reactive = token -> Mono.empty();
    Consumer<ApplicationContextAssertProvider<? extends ConfigurableApplicationContext>>
        startedWith =
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeansOfType(JwtDecoder.class).values())
                  .allSatisfy(it -> assertThat(it).isSameAs(decoder));
              assertThat(context.getBeansOfType(ReactiveJwtDecoder.class).values())
                  .allSatisfy(it -> assertThat(it).isSameAs(reactive));
              assertThat(
                      context
                          .getBean("twinpoolHealthIndicator", HealthIndicator.class)
                          .health()
                          .getDetails()
                          .toString())
                  .contains("us-east-1_STAFF", "us-east-1_GUESTS");
              assertThat(context.getBeansOfType(TokenMeters.class)).isEmpty();
            };
    String boots = "spring.security.oauth2.resourceserver.jwt.principal-claim-name=username";
    new WebApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(POOL)
        .withPropertyValues(boots)
        .withUserConfiguration(SeveralValidators.class)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withBean(JwtDecoder.class, () -> decoder)
        .run(startedWith::accept);
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(ALL)
        .withPropertyValues(POOL)
        .withPropertyValues(boots)
        .withUserConfiguration(SeveralValidators.class)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withBean(ReactiveJwtDecoder.class, () -> reactive)
        .run(startedWith::accept);
  }

  @Configuration(proxyBeanMethods = false)
  static class SeveralValidators {
    private static TokenValidator of(String id) {
      return TokenValidator.builder(UserPool.of(id)).anyClient().preload(Preload.NONE).build();
    }

    @Bean
    TokenValidator staff() {
      return of("us-east-1_STAFF");
    }

    @Bean
    TokenValidator guests() {
      return of("us-east-1_GUESTS");
    }
  }

  /** Which one would be a guess, and so the application must say it. */
  @Test
  void of_several_validators_none_decodes_unless_one_is_primary() {
    runner
        .withUserConfiguration(SeveralValidators.class)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JwtDecoder.class));
    runner
        .withUserConfiguration(SeveralValidators.class)
        .withBean(
            "main",
            TokenValidator.class,
            () -> SeveralValidators.of("us-east-1_MAIN"),
            it -> it.setPrimary(true))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(JwtDecoder.class)
                    .hasSingleBean(ReactiveJwtDecoder.class));
  }

  @Test
  void the_client_of_spring_cloud_aws_is_not_made_beside_ours() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                CognitoAutoConfiguration.class,
                TwinpoolAutoConfiguration.class,
                TwinpoolFailoverAutoConfiguration.class))
        .withPropertyValues(POOL)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).hasSingleBean(CognitoIdentityProviderClient.class);
              assertThat(context.getBean(UnroutedClients.class).names()).isEmpty();
            });
  }

  @Test
  void without_observations_the_clients_are_those_of_the_failover_themselves() {
    runner.run(
        context ->
            assertThat(context.getBean(CognitoIdentityProviderClient.class))
                .isSameAs(context.getBean(MultiRegionCognito.class).client()));
  }

  @Test
  void with_observations_an_observed_client_is_still_the_sdks_interface() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(context -> true);
    runner
        .withBean(ObservationRegistry.class, () -> observations)
        .run(
            context -> {
              CognitoIdentityProviderClient client =
                  context.getBean(CognitoIdentityProviderClient.class);
              assertThat(client).isNotSameAs(context.getBean(MultiRegionCognito.class).client());
              assertThat(client.serviceName()).isEqualTo("cognito-idp");
              assertThat(Set.of(client)).contains(client);
              assertThat(client.listUsersPaginator(it -> it.userPoolId("x"))).isNotNull();
            });
  }

  @Test
  void customizers_are_called_in_their_order_after_the_properties() {
    runner
        .withUserConfiguration(Customizers.class)
        .run(
            context -> {
              context.getBean(CognitoIdentityProviderAsyncClient.class);
              List<String> calls = context.getBean(Customizers.class).calls;
              assertThat(calls)
                  .contains("client PRIMARY", "client SECONDARY")
                  .containsSubsequence("first", "second")
                  .contains("tokens");
            });
  }

  @Test
  void health_can_be_turned_off() {
    runner
        .withPropertyValues("management.health.twinpool.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("twinpoolHealthIndicator"));
  }

  @Test
  void a_client_of_the_applications_own_that_is_made_of_the_failover_is_routed() {
    runner
        .withUserConfiguration(RoutedClient.class)
        .run(
            context -> {
              assertThat(context).hasBean("ownRoutedClient");
              assertThat(context.getBean(UnroutedClients.class).names()).isEmpty();
            });
  }

  @Test
  void clients_that_are_not_routed_are_noticed_where_beans_are_lazy_too() {
    runner
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withUserConfiguration(OwnClient.class)
        .run(
            context ->
                assertThat(context.getBean(UnroutedClients.class).names())
                    .containsExactly("ownClient"));
  }

  @Test
  void turned_off_a_validator_of_the_applications_own_is_left_to_the_application() {
    for (String property : List.of("twinpool.enabled=false", "twinpool.token.enabled=false")) {
      runner
          .withPropertyValues(property)
          .withBean(
              TokenValidator.class,
              () -> TokenValidator.builder(UserPool.of("eu-west-1_OWN")).anyClient().build())
          .run(
              context ->
                  assertThat(context)
                      .hasNotFailed()
                      .hasSingleBean(TokenValidator.class)
                      .doesNotHaveBean(JwtDecoder.class)
                      .doesNotHaveBean(JwtAuthenticationConverter.class));
    }
  }

  @Test
  void the_query_of_a_sources_address_is_not_shown() {
    runner
        .withPropertyValues(
            "twinpool.keys.sources=https://127.0.0.1:9/jwks.json?X-Amz-Signature=s3cret")
        .run(
            context -> {
              HealthIndicator health =
                  context.getBean("twinpoolHealthIndicator", HealthIndicator.class);
              Awaitility.await()
                  .untilAsserted(
                      () ->
                          assertThat(health.health().getDetails().toString())
                              .contains("https://127.0.0.1:9/jwks.json?******"));
              assertThat(health.health().getDetails().toString()).doesNotContain("s3cret");
            });
  }

  @Test
  void an_async_client_of_the_applications_own_wins_too() {
    runner
        .withUserConfiguration(OwnAsyncClient.class)
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(CognitoIdentityProviderAsyncClient.class)
                  .hasBean("ownAsyncClient")
                  .hasBean("cognitoIdentityProviderClient");
              assertThat(context.getBean(UnroutedClients.class).names())
                  .containsExactly("ownAsyncClient");
            });
  }

  private record OwnDetails(UserPool userPool, Set<String> clientIds)
      implements TwinpoolConnectionDetails {}

  @Configuration(proxyBeanMethods = false)
  static class OwnBeans {
    @Bean
    MultiRegionCognito ownCognito(UserPool pool) {
      return MultiRegionCognito.builder(pool).build();
    }

    @Bean
    TokenValidator ownValidator(UserPool pool) {
      return TokenValidator.builder(pool).anyClient().build();
    }

    @Bean
    JwtDecoder ownDecoder() {
      return token -> null;
    }

    @Bean
    ReactiveJwtDecoder ownReactiveDecoder() {
      return token -> Mono.empty();
    }

    @Bean
    JwtAuthenticationConverter ownConverter() {
      return new JwtAuthenticationConverter();
    }

    @Bean
    ReactiveJwtAuthenticationConverter ownReactiveConverter() {
      return new ReactiveJwtAuthenticationConverter();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnClient {
    @Bean
    CognitoIdentityProviderClient ownClient() {
      return CognitoIdentityProviderClient.builder().region(Region.US_EAST_1).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RoutedClient {
    @Bean
    CognitoIdentityProviderClient ownRoutedClient(MultiRegionCognito cognito) {
      return cognito.client();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnAsyncClient {
    @Bean
    CognitoIdentityProviderAsyncClient ownAsyncClient() {
      return CognitoIdentityProviderAsyncClient.builder().region(Region.US_EAST_1).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    final List<String> calls = new CopyOnWriteArrayList<>();

    @Bean
    RegionClientBuilderCustomizer client() {
      return (role, builder) -> calls.add("client " + role);
    }

    @Bean
    @Order(2)
    MultiRegionCognitoBuilderCustomizer second() {
      return builder -> calls.add("second");
    }

    @Bean
    @Order(1)
    MultiRegionCognitoBuilderCustomizer first() {
      return builder -> calls.add("first");
    }

    @Bean
    TokenValidatorBuilderCustomizer tokens() {
      return builder -> calls.add("tokens");
    }
  }
}
