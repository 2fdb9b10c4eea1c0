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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.core.env.StandardEnvironment;
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

  /** An application with Spring Security, over HTTP. */
  void secured(Consumer<Web> test, String... properties) {
    try (Web web =
        Web.start(
            WebApplicationType.SERVLET, pool, ResourceServerTest.ChainApp.class, properties)) {
      test.accept(web);
    }
  }

  /** An application without Spring Security, over HTTP. */
  void unsecured(Class<?> app, Consumer<Http> test, String... properties) {
    new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
        .withConfiguration(OURS)
        .withConfiguration(
            AutoConfigurations.of(
                TomcatServletWebServerAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withUserConfiguration(app)
        .withPropertyValues("server.port=0", "server.address=127.0.0.1")
        .withPropertyValues(pool.properties())
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              test.accept(Http.of(context.getSourceApplicationContext()));
            });
  }

  /** Why the application refuses the token; empty if it does not. */
  Optional<RejectionCode> rejection(String token, String... properties) {
    List<RejectionCode> codes = new ArrayList<>();
    run(
        context -> {
          try {
            context.getBean(TokenValidator.class).validateAccessToken(token);
          } catch (InvalidTokenException e) {
            codes.add(e.code());
          }
        },
        Stream.concat(Stream.of("twinpool.failover.enabled=false"), Stream.of(properties))
            .toArray(String[]::new));
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
