package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.RejectionCode;
import io.github.twinpool.token.TokenValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** Applications on one emulator, for tests of what properties do. */
final class Effects {
  private static final AutoConfigurations OURS =
      AutoConfigurations.of(
          TwinpoolAutoConfiguration.class,
          TwinpoolFailoverAutoConfiguration.class,
          TwinpoolHealthSignalAutoConfiguration.class,
          TwinpoolTokenAutoConfiguration.class,
          TwinpoolMachineAutoConfiguration.class,
          TwinpoolMachineClientsAutoConfiguration.class,
          TwinpoolSignInAutoConfiguration.class,
          TwinpoolSecurityAutoConfiguration.class,
          TwinpoolFilterAutoConfiguration.class);

  /** Enough to validate tokens: the clients of the AWS SDK are most of what a start costs. */
  private static final AutoConfigurations TOKENS =
      AutoConfigurations.of(
          TwinpoolAutoConfiguration.class,
          TwinpoolTokenAutoConfiguration.class,
          TwinpoolSecurityAutoConfiguration.class,
          TwinpoolFilterAutoConfiguration.class);

  private final TestPool pool;

  Effects(TestPool pool) {
    this.pool = pool;
  }

  /** What a property does, shown by an application with it and often one without it. */
  @FunctionalInterface
  interface Effect {
    void show(Effects with) throws Exception;
  }

  /** A property by its whole name, and its effect. */
  record Row(String property, Effect effect) {
    /**
     * A property whose effect takes longer than a test may: that its own builder refuses this value
     * by this name shows where it goes. What it does there is tested where it does it.
     */
    static Row bound(String property, String value) {
      return new Row(property, with -> with.refuses(property, property + "=" + value));
    }

    @Override
    public String toString() {
      return property;
    }
  }

  TestPool pool() {
    return pool;
  }

  /** Makes the tokens good that the pool's test signs itself. */
  String ownKeys() {
    return "twinpool.keys.files=" + pool.keyFile();
  }

  /** An application without a web server. */
  void run(ContextConsumer<AssertableApplicationContext> test, String... properties) {
    runner(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  /** An application that routes no calls. */
  void validating(ContextConsumer<AssertableApplicationContext> test, String... properties) {
    new ApplicationContextRunner()
        .withConfiguration(TOKENS)
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  /** The same with somebody who listens to its failover. */
  void run(
      ContextConsumer<AssertableApplicationContext> test,
      FailoverListener listener,
      String... properties) {
    runner(properties)
        .withBean(FailoverListener.class, () -> listener)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  /** The same with a client of Route 53 that leads to the emulator's. */
  void watching(ContextConsumer<AssertableApplicationContext> test, String... properties) {
    runner(properties)
        .withBean(Route53Client.class, pool::route53)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  /** An application that does not start, and says why in these words. */
  void refuses(String words, String... properties) {
    runner(properties)
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertThat(
                      new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                          .analyze(context.getStartupFailure())
                          .getDescription())
                  .contains(words);
            });
  }

  private ApplicationContextRunner runner(String... properties) {
    return new ApplicationContextRunner()
        .withConfiguration(OURS)
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties);
  }

  /** The authorities of a token's bearer in an application with Spring Security. */
  List<String> authorities(String token, String... properties) {
    List<String> authorities = new ArrayList<>();
    validating(
        context ->
            context
                .getBean(JwtAuthenticationConverter.class)
                .convert(context.getBean(JwtDecoder.class).decode(token))
                .getAuthorities()
                .forEach(it -> authorities.add(it.getAuthority())),
        properties);
    return authorities;
  }

  /** A servlet application that routes no calls, without a server. */
  void servlet(ContextConsumer<AssertableWebApplicationContext> test, String... properties) {
    new WebApplicationContextRunner()
        .withConfiguration(TOKENS)
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(context);
            });
  }

  /** What a servlet application without Spring Security answers to GET; 200 if it lets it in. */
  int answer(String path, @Nullable String token, String... properties) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    new WebApplicationContextRunner()
        .withConfiguration(TOKENS)
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
              request.setServletPath(path);
              if (token != null) {
                request.addHeader("Authorization", "Bearer " + token);
              }
              FilterRegistrationBean<?> filter =
                  context.getBeanProvider(FilterRegistrationBean.class).getIfAvailable();
              if (filter != null) {
                filter.getFilter().doFilter(request, response, new MockFilterChain());
              }
            });
    return response.getStatus();
  }

  /** Why the application refuses the token; empty if it does not. */
  Optional<RejectionCode> rejection(String token, String... properties) {
    List<RejectionCode> codes = new ArrayList<>();
    validating(
        context -> {
          try {
            context.getBean(TokenValidator.class).validateAccessToken(token);
          } catch (InvalidTokenException e) {
            codes.add(e.code());
          }
        },
        properties);
    return codes.stream().findFirst();
  }

  static CognitoIdentityProviderClient client(AssertableApplicationContext context) {
    return context.getBean(CognitoIdentityProviderClient.class);
  }

  static MultiRegionCognito cognito(AssertableApplicationContext context) {
    return context.getBean(MultiRegionCognito.class);
  }

  /** Less than its default would take, with a wide margin for slow machines. */
  static void assertSooner(Duration than, Runnable call) {
    long before = System.nanoTime();
    call.run();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(than);
  }
}
