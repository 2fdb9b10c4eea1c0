package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.signin.OAuthErrorException;
import io.github.twinpool.signin.SignIn;
import io.github.twinpool.token.TokenValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Which beans there are for machines and for people who sign in. */
class OAuthBeansTest {
  static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  static final String[] EVERYTHING = {
    "twinpool.domain=my-app",
    "twinpool.machine.client-id=machine",
    "twinpool.machine.client-secret=hidden-1",
    "twinpool.machine.previous-client-secret=hidden-2",
    "twinpool.machine.origins=https://orders.example.com",
    "twinpool.sign-in.client-id=app",
    "twinpool.sign-in.client-secret=hidden-3",
    "twinpool.sign-in.step-keys=" + KEY,
    "twinpool.login.client-id=app",
    "twinpool.login.client-secret=hidden-4",
    "twinpool.login.state-keys[0]=" + KEY,
    "twinpool.login.redirect-uri=https://app.example.com/callback",
    "twinpool.keys.sources[0]=https://127.0.0.1:9/a?X-Amz-Signature=hidden-5",
    "twinpool.keys.sources[1]=https://127.0.0.1:9/b?sig=hidden-6,hidden-7",
    "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
    "twinpool.additional-pools.partners.client-ids=partner",
    "twinpool.additional-pools.partners.keys.sources=https://127.0.0.1:9/c?sig=hidden-8",
  };

  private final TestHost domain = TestHost.tokens();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  TwinpoolAutoConfiguration.class,
                  TwinpoolFailoverAutoConfiguration.class,
                  TwinpoolTokenAutoConfiguration.class,
                  TwinpoolMachineAutoConfiguration.class,
                  TwinpoolMachineClientsAutoConfiguration.class,
                  TwinpoolSignInAutoConfiguration.class,
                  TwinpoolMetricsAutoConfiguration.class))
          .withPropertyValues(
              "twinpool.user-pool-id=us-east-1_EXAMPLE",
              "twinpool.secondary-region=us-west-2",
              "twinpool.endpoints.primary=http://127.0.0.1:9",
              "twinpool.endpoints.secondary=http://127.0.0.1:9",
              "twinpool.token.preload=none",
              "twinpool.client-ids=app");

  @AfterEach
  void close() {
    domain.close();
  }

  private String[] machine() {
    return new String[] {
      "twinpool.endpoints.primary-domain=" + domain.uri(),
      "twinpool.endpoints.secondary-domain=" + domain.uri(),
      "twinpool.machine.client-id=machine",
      "twinpool.machine.client-secret=secret"
    };
  }

  @Test
  void nothing_is_made_that_was_not_asked_for() {
    runner.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(MachineTokens.class)
                .doesNotHaveBean(SignIn.class)
                .doesNotHaveBean(AuthorizationCodeFlow.class));
  }

  @Test
  void everything_starts_while_nothing_answers() {
    runner
        .withPropertyValues(EVERYTHING)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(MachineTokens.class)
                    .hasSingleBean(SignIn.class)
                    .hasSingleBean(AuthorizationCodeFlow.class));
  }

  @Test
  void beans_of_the_application_win() {
    runner
        .withPropertyValues(EVERYTHING)
        .withInitializer(
            context -> {
              // Made from the beans that there are.
              register(
                  context,
                  MachineTokens.class,
                  it -> MachineTokens.builder(it, "own").clientSecret(() -> "own").build());
              register(context, SignIn.class, it -> SignIn.builder(it, "own").build());
            })
        .run(
            context -> {
              assertThat(context.getBean(MachineTokens.class)).hasToString("MachineTokens[own]");
              assertThat(context.getBean(SignIn.class)).hasToString("SignIn[own]");
            });
  }

  private static <T> void register(
      ConfigurableApplicationContext context, Class<T> type, Function<MultiRegionCognito, T> bean) {
    ((GenericApplicationContext) context)
        .registerBean(type, () -> bean.apply(context.getBean(MultiRegionCognito.class)));
  }

  @Test
  void customizers_come_after_the_properties() {
    List<String> called = new ArrayList<>();
    runner
        .withPropertyValues(EVERYTHING)
        .withPropertyValues(machine())
        .withBean(
            MachineTokensBuilderCustomizer.class,
            () -> builder -> builder.clientSecret(() -> "wrong"))
        .withBean(SignInBuilderCustomizer.class, () -> builder -> called.add("sign-in"))
        .withBean(
            AuthorizationCodeFlowBuilderCustomizer.class, () -> builder -> called.add("login"))
        .run(
            context -> {
              assertThatExceptionOfType(OAuthErrorException.class)
                  .isThrownBy(() -> context.getBean(MachineTokens.class).token());
              assertThat(called).containsExactlyInAnyOrder("sign-in", "login");
            });
  }

  @Test
  void without_a_routed_client_machine_tokens_come_all_the_same_and_people_do_not_sign_in() {
    runner
        .withPropertyValues(EVERYTHING)
        .withPropertyValues(machine())
        .withPropertyValues("twinpool.failover.enabled=false")
        .run(
            context -> {
              assertThat(context.getBean(MachineTokens.class).token().accessToken())
                  .isEqualTo("token-1");
              assertThat(context)
                  .doesNotHaveBean(SignIn.class)
                  .doesNotHaveBean(AuthorizationCodeFlow.class);
            });
  }

  @Test
  void without_a_token_validator_no_browser_signs_in() {
    runner
        .withPropertyValues(EVERYTHING)
        .withPropertyValues("twinpool.token.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(SignIn.class)
                    .doesNotHaveBean(TokenValidator.class)
                    .doesNotHaveBean(AuthorizationCodeFlow.class));
  }

  @Test
  void a_resource_server_without_the_sign_in_module_starts() {
    runner
        .withPropertyValues(EVERYTHING)
        .withClassLoader(
            new FilteredClassLoader(
                "io.github.twinpool.signin", "io.github.twinpool.failover", "software.amazon"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(TokenValidator.class));
  }

  @ParameterizedTest
  @CsvSource({
    "twinpool.machine.client-secret,twinpool.domain=my-app;twinpool.machine.client-id=machine",
    "twinpool.domain,twinpool.machine.client-id=machine;twinpool.machine.client-secret=hidden-1",
    "twinpool.endpoints.secondary-domain,twinpool.machine.client-id=machine;"
        + "twinpool.machine.client-secret=hidden-1;"
        + "twinpool.endpoints.primary-domain=http://127.0.0.1:9",
    "twinpool.login.client-id,twinpool.domain=my-app;"
        + "twinpool.login.redirect-uri=https://app.example.com/callback",
    "twinpool.domain,twinpool.login.client-id=app;"
        + "twinpool.login.redirect-uri=https://app.example.com/callback"
  })
  void what_is_missing_fails_the_start_by_its_name(String missing, String properties) {
    runner
        .withPropertyValues(properties.split(";"))
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(
                      new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                          .analyze(context.getStartupFailure())
                          .getDescription())
                  .contains(missing + ": is missing")
                  .doesNotContain("hidden");
            });
  }

  @Test
  void meters_count_what_was_served_and_what_it_cost() {
    runner
        .withPropertyValues(machine())
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            context -> {
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              context.getBean(MachineMeters.class).bindTo(meters);
              MachineTokens machine = context.getBean(MachineTokens.class);
              machine.token();
              machine.token();
              assertThat(Stream.of("served", "requested", "failed"))
                  .extracting(
                      it ->
                          meters
                              .get("twinpool.machine.tokens")
                              .tag("result", it)
                              .functionCounter()
                              .count())
                  .containsExactly(2.0, 1.0, 0.0);
            });
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class OpenApp {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(it -> it.anyRequest().permitAll()).build();
    }
  }
}
