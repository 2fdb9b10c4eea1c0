package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import io.github.twinpool.servlet.CognitoTokenFilter;
import io.github.twinpool.token.TokenValidator;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** The filter of servlet applications without Spring Security. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterTest {
  private static final AutoConfigurations OURS =
      AutoConfigurations.of(
          TwinpoolAutoConfiguration.class,
          TwinpoolTokenAutoConfiguration.class,
          TwinpoolFilterAutoConfiguration.class);

  private static final String[] POOL = {
    "twinpool.user-pool-id=us-east-1_EXAMPLE",
    "twinpool.endpoints.primary=http://127.0.0.1:9",
    "twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
    "twinpool.token.preload=none",
    "twinpool.client-ids=app"
  };

  private static final String ON = "twinpool.filter.enabled=true";

  /** Conditions see no Spring Security. */
  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withConfiguration(OURS)
          .withPropertyValues(POOL)
          .withClassLoader(new FilteredClassLoader("org.springframework.security"));

  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @Test
  void nobody_gets_a_filter_who_did_not_ask_for_one() {
    runner.run(
        context -> assertThat(context).hasNotFailed().doesNotHaveBean("twinpoolTokenFilter"));
    runner
        .withPropertyValues("twinpool.filter.enabled=false", "twinpool.filter.public-paths=/health")
        .run(context -> assertThat(context).doesNotHaveBean("twinpoolTokenFilter"));
    runner
        .withPropertyValues("twinpool.enabled=false", ON)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("twinpoolTokenFilter"));
    new ApplicationContextRunner()
        .withConfiguration(OURS)
        .withPropertyValues(POOL)
        .withPropertyValues(ON)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("twinpoolTokenFilter"));
  }

  @Test
  void it_guards_everything_but_the_public_paths() {
    String token = pool.tokens().accessToken();
    overHttp(
        web -> {
          HttpResponse<String> nobody = web.get("/me", null);
          assertThat(nobody.statusCode()).isEqualTo(401);
          assertThat(nobody.headers().firstValue("WWW-Authenticate").orElseThrow())
              .startsWith("Bearer");
          assertThat(web.get("/no/such/page", null).statusCode()).isEqualTo(401);
          assertThat(web.get("/me", pool.tokens().idToken()).statusCode()).isEqualTo(401);
          assertThat(web.get("/health", null).body()).isEqualTo("well");
          assertThat(web.get("/me", token).body()).isEqualTo(TestPool.USER);
          assertThat(web.get("/health;x/../me", null).statusCode()).isEqualTo(400);
        },
        "twinpool.filter.public-paths=/health, /open/*");
  }

  @Test
  void a_forward_from_a_public_path_is_held_against_the_rules_and_an_error_page_is_shown() {
    overHttp(
        web -> {
          assertThat(web.get("/open/forward", null).statusCode()).isEqualTo(401);
          assertThat(web.get("/open/forward", pool.tokens().accessToken()).body())
              .isEqualTo(TestPool.USER);
          assertThat(web.get("/open/nothing", null).statusCode()).isEqualTo(404);
        },
        "twinpool.filter.public-paths=/health, /open/*");
  }

  @Test
  void rules_ask_for_scopes_and_groups() {
    String token = pool.tokens().accessToken();
    overHttp(
        web -> {
          assertThat(web.get("/me", token).statusCode()).isEqualTo(200);
          HttpResponse<String> orders = web.get("/orders", token);
          assertThat(orders.statusCode()).isEqualTo(403);
          assertThat(orders.headers().firstValue("WWW-Authenticate").orElseThrow())
              .contains("insufficient_scope", "orders/read orders/write");
          HttpResponse<String> admin = web.get("/admin/x", token);
          assertThat(admin.statusCode()).isEqualTo(403);
          assertThat(admin.body()).contains("GROUP_MISSING");
          assertThat(web.get("/admin/x", pool.user("admins")).statusCode()).isEqualTo(404);
        },
        "twinpool.keys.files=" + pool.keyFile(),
        "twinpool.filter.rules[0].path=/me",
        "twinpool.filter.rules[0].scopes=aws.cognito.signin.user.admin",
        "twinpool.filter.rules[1].path=GET /orders",
        "twinpool.filter.rules[1].scopes=orders/read, orders/write",
        "twinpool.filter.rules[2].path=/admin/*",
        "twinpool.filter.rules[2].any-group=admins, auditors");
  }

  @Test
  void while_nobody_has_the_keys_it_answers_503_and_public_paths_stay_up() {
    String token = pool.tokens().accessToken();
    pool.outage(Outage.refused());
    try {
      overHttp(
          web -> {
            HttpResponse<String> unavailable = web.get("/me", token);
            assertThat(unavailable.statusCode()).isEqualTo(503);
            assertThat(unavailable.headers().firstValue("Retry-After")).isPresent();
            assertThat(web.get("/health", null).statusCode()).isEqualTo(200);
          },
          "twinpool.token.keys-timeout=300ms",
          "twinpool.filter.public-paths=/health");
    } finally {
      pool.outage(Outage.none());
    }
  }

  @Test
  void a_filter_of_the_applications_own_wins() {
    runner
        .withPropertyValues(ON)
        .withUserConfiguration(OwnFilter.class)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(CognitoTokenFilter.class)
                    .doesNotHaveBean("twinpoolTokenFilter"));
    runner
        .withPropertyValues(ON)
        .withUserConfiguration(OwnRegistration.class)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(FilterRegistrationBean.class)
                    .doesNotHaveBean("twinpoolTokenFilter"));
    runner
        .withClassLoader(getClass().getClassLoader())
        .withPropertyValues(ON)
        .withUserConfiguration(OwnFilter.class)
        .run(
            context ->
                assertThat(context)
                    .as("beside Spring Security")
                    .hasNotFailed()
                    .hasSingleBean(CognitoTokenFilter.class)
                    .doesNotHaveBean("twinpoolTokenFilter"));
  }

  @Test
  void spring_security_guards_alone() {
    WebApplicationContextRunner secured = runner.withClassLoader(getClass().getClassLoader());
    secured.run(
        context -> assertThat(context).hasNotFailed().doesNotHaveBean("twinpoolTokenFilter"));
    secured.withPropertyValues(ON).run(context -> assertRefused(context, "Spring Security"));
  }

  /** Beans that nobody asks for are not made then: the refusal must be. */
  @Test
  void who_cannot_have_the_filter_does_not_start_with_lazy_beans_either() {
    runner
        .withClassLoader(getClass().getClassLoader())
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withPropertyValues(ON)
        .run(context -> assertRefused(context, "Spring Security"));
  }

  @Test
  void who_cannot_have_the_filter_does_not_start() {
    runner
        .withClassLoader(
            new FilteredClassLoader("org.springframework.security", "io.github.twinpool.servlet"))
        .withPropertyValues(ON)
        .run(context -> assertRefused(context, "twinpool-servlet-filter"));
    runner
        .withPropertyValues(ON, "twinpool.token.enabled=false")
        .run(context -> assertRefused(context, "twinpool.token.enabled"));
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(OURS)
        .withPropertyValues(POOL)
        .withPropertyValues(ON)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(analysis(context.getStartupFailure()).getDescription())
                  .contains("twinpool.filter.enabled", "servlet applications");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public-paths|health|public-paths",
        "public-paths|/a/*/b|public-paths",
        "public-paths|/a/../b|public-paths",
        "rules[0].path|''|rules[0].path",
        "rules[0].path|admin|rules[0].path",
        "rules[0].path|/admin/**|rules[0].path",
        "rules[0].path|/admin|rules[0].scopes",
        "rules[0].scopes|orders|rules[0].path",
        "rules[0].any-group|admins|rules[0].path",
      })
  void a_wrong_value_fails_the_start_and_the_analysis_names_the_property(
      String property, String value, String named) {
    runner
        .withPropertyValues(ON, "twinpool.filter." + property + "=" + value)
        .run(context -> assertRefused(context, "twinpool.filter." + named));
  }

  @Test
  void wrong_scopes_groups_and_contradictions_are_analysed_too() {
    WebApplicationContextRunner ruled =
        runner.withPropertyValues(ON, "twinpool.filter.rules[0].path=/admin/*");
    ruled
        .withPropertyValues("twinpool.filter.rules[0].scopes=two words")
        .run(context -> assertRefused(context, "twinpool.filter.rules[0].scopes", "two words"));
    ruled
        .withPropertyValues("twinpool.filter.rules[0].any-group[0]= ")
        .run(context -> assertRefused(context, "twinpool.filter.rules[0]."));
    ruled
        .withPropertyValues(
            "twinpool.filter.rules[0].scopes=orders", "twinpool.filter.public-paths=/admin/*")
        .run(context -> assertRefused(context, "twinpool.filter.public-paths", "/admin/*"));
  }

  /** In Spring Security the authorities of pools have different names; here they would not. */
  @Test
  void rules_that_a_token_of_another_pool_could_meet_are_refused() {
    WebApplicationContextRunner two =
        runner.withPropertyValues(
            ON,
            "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
            "twinpool.additional-pools.partners.client-ids=partner");
    two.run(context -> assertThat(context).hasNotFailed().hasBean("twinpoolTokenFilter"));
    two.withPropertyValues(
            "twinpool.filter.rules[0].path=/admin/*", "twinpool.filter.rules[0].any-group=admins")
        .run(context -> assertRefused(context, "twinpool.filter.rules", "additional-pools"));
  }

  private static void assertRefused(AssertableWebApplicationContext context, String... words) {
    assertThat(context).hasFailed();
    FailureAnalysis analysis = analysis(context.getStartupFailure());
    assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
    assertThat(analysis.getDescription()).contains(words);
  }

  private static FailureAnalysis analysis(Throwable failure) {
    return new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment()).analyze(failure);
  }

  private void overHttp(Consumer<Http> test, String... properties) {
    new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
        .withConfiguration(OURS)
        .withConfiguration(
            AutoConfigurations.of(
                TomcatServletWebServerAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withUserConfiguration(App.class)
        .withPropertyValues("server.port=0", "server.address=127.0.0.1", ON)
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(Http.of(context.getSourceApplicationContext()));
            });
  }

  @Configuration(proxyBeanMethods = false)
  @RestController
  static class App {
    @GetMapping("/me")
    String me(Principal me) {
      return me.getName();
    }

    @GetMapping("/health")
    String health() {
      return "well";
    }

    @GetMapping("/open/forward")
    ModelAndView forward() {
      return new ModelAndView("forward:/me");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFilter {
    @Bean
    CognitoTokenFilter ownFilter(TokenValidator validator) {
      return CognitoTokenFilter.builder(validator).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnRegistration {
    @Bean
    FilterRegistrationBean<CognitoTokenFilter> ownRegistration(TokenValidator validator) {
      return new FilterRegistrationBean<>(CognitoTokenFilter.builder(validator).build());
    }
  }
}
