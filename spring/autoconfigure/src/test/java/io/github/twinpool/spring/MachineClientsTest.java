package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.signin.Clocks;
import io.github.twinpool.signin.DomainUnavailableException;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.spring.TestHost.Answer;
import io.github.twinpool.spring.TestHost.Asked;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Spring's HTTP clients with machine tokens, over real sockets. */
class MachineClientsTest {
  private static final Map<String, Object> ORDER = Map.of("item", "tea");

  private final TestHost domain = TestHost.tokens();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final List<TestHost> hosts = new ArrayList<>(List.of(domain));

  @AfterEach
  void close() {
    hosts.forEach(TestHost::close);
  }

  private TestHost host(Function<Asked, Answer> answers) {
    TestHost host = new TestHost(answers);
    hosts.add(host);
    return host;
  }

  private ApplicationContextRunner runner(TestHost... origins) {
    return withoutClients(origins)
        .withConfiguration(
            AutoConfigurations.of(
                HttpClientAutoConfiguration.class,
                ImperativeHttpClientAutoConfiguration.class,
                ReactiveHttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class,
                WebClientAutoConfiguration.class))
        .withBean(ReactorResourceFactory.class, OwnReactor::resources);
  }

  private ApplicationContextRunner withoutClients(TestHost... origins) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TwinpoolAutoConfiguration.class,
                TwinpoolFailoverAutoConfiguration.class,
                TwinpoolMachineAutoConfiguration.class,
                TwinpoolMachineClientsAutoConfiguration.class))
        .withBean(
            MachineTokensBuilderCustomizer.class, () -> builder -> Clocks.set(builder, now::get))
        .withPropertyValues(
            "twinpool.user-pool-id=us-east-1_EXAMPLE",
            "twinpool.secondary-region=us-west-2",
            "twinpool.endpoints.primary=http://127.0.0.1:9",
            "twinpool.endpoints.secondary=http://127.0.0.1:9",
            "twinpool.endpoints.primary-domain=" + domain.uri(),
            "twinpool.endpoints.secondary-domain=" + domain.uri(),
            "twinpool.machine.client-id=machine",
            "twinpool.machine.client-secret=secret",
            "twinpool.machine.origins="
                + String.join(",", Stream.of(origins).map(it -> it.uri().toString()).toList()));
  }

  /** Boot's builders. */
  enum Client {
    REST_CLIENT {
      @Override
      int post(ApplicationContext context, URI uri) {
        return context
            .getBean(RestClient.Builder.class)
            .build()
            .method(HttpMethod.POST)
            .uri(uri)
            .contentType(MediaType.APPLICATION_JSON)
            .body(ORDER)
            .exchange((request, response) -> response.getStatusCode().value());
      }
    },
    WEB_CLIENT {
      @Override
      int post(ApplicationContext context, URI uri) {
        return context
            .getBean(WebClient.Builder.class)
            .build()
            .post()
            .uri(uri)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(ORDER)
            .exchangeToMono(it -> it.releaseBody().then(Mono.just(it.statusCode().value())))
            .block(Duration.ofSeconds(30));
      }
    };

    abstract int post(ApplicationContext context, URI uri);
  }

  @ParameterizedTest
  @EnumSource
  void an_allowed_origin_gets_a_token_and_another_none(Client client) {
    TestHost orders = host(it -> Answer.status(200));
    TestHost other = host(it -> Answer.status(200));
    runner(orders)
        .run(
            context -> {
              assertThat(client.post(context, orders.uri())).isEqualTo(200);
              assertThat(client.post(context, other.uri())).isEqualTo(200);
              assertThat(client.post(context, orders.uri())).isEqualTo(200);
            });
    assertThat(orders.asked())
        .extracting(Asked::authorization)
        .containsExactly("Bearer token-1", "Bearer token-1");
    assertThat(orders.asked().get(0).body()).isEqualTo("{\"item\":\"tea\"}");
    assertThat(other.asked()).extracting(Asked::authorization).containsOnlyNulls().hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_redirect_is_not_followed_not_even_to_an_allowed_origin(Client client) {
    TestHost other = host(it -> Answer.status(200));
    TestHost orders = host(it -> new Answer(307, other.uri() + "/stolen", "{}"));
    runner(orders, other)
        .withPropertyValues("spring.http.clients.redirects=follow")
        .run(context -> assertThat(client.post(context, orders.uri())).isEqualTo(307));
    assertThat(orders.asked()).hasSize(1);
    assertThat(other.asked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void after_a_401_a_post_is_repeated_once_with_its_body_and_a_new_token(Client client) {
    TestHost orders =
        host(it -> Answer.status("Bearer token-1".equals(it.authorization()) ? 401 : 200));
    runner(orders)
        .run(
            context -> {
              assertThat(client.post(context, orders.uri())).as("a new token").isEqualTo(401);
              now.updateAndGet(it -> it.plusSeconds(61));
              assertThat(client.post(context, orders.uri())).isEqualTo(200);
            });
    assertThat(orders.asked())
        .extracting(Asked::authorization)
        .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
    assertThat(orders.asked()).extracting(Asked::body).containsOnly("{\"item\":\"tea\"}");
  }

  @ParameterizedTest
  @EnumSource
  void while_no_region_gives_tokens_the_outage_is_among_the_causes_and_nothing_is_sent(
      Client client) {
    TestHost orders = host(it -> Answer.status(200));
    runner(orders)
        .withPropertyValues(
            "twinpool.endpoints.primary-domain=http://127.0.0.1:9",
            "twinpool.endpoints.secondary-domain=http://127.0.0.1:8")
        .run(
            context -> {
              Throwable failure = catchThrowable(() -> client.post(context, orders.uri()));
              assertThat(Stream.iterate(failure, it -> it != null, Throwable::getCause))
                  .hasAtLeastOneElementOfType(DomainUnavailableException.class);
              assertThat(failure).hasStackTraceContaining("us-west-2");
            });
    assertThat(orders.asked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void without_origins_the_clients_are_boots_own(Client client) {
    TestHost orders = host(it -> Answer.status(200));
    runner()
        .run(
            context -> {
              assertThat(context).hasSingleBean(MachineTokens.class);
              assertThat(client.post(context, orders.uri())).isEqualTo(200);
            });
    assertThat(orders.asked()).extracting(Asked::authorization).containsOnlyNulls();
    assertThat(domain.asked()).isEmpty();
  }

  @Test
  void a_customizer_of_the_application_comes_later_and_may_set_its_own_request_factory() {
    TestHost orders = host(it -> Answer.status(200));
    runner(orders)
        .withBean(
            "own",
            RestClientCustomizer.class,
            () -> builder -> builder.requestFactory(new JdkClientHttpRequestFactory()))
        .run(context -> Client.REST_CLIENT.post(context, orders.uri()));
    assertThat(orders.asked()).extracting(Asked::authorization).containsOnlyNulls();
  }

  @Test
  void time_outs_are_those_of_boots_properties() {
    TestHost orders =
        host(
            it -> {
              // Longer than the time-out, shorter than anybody's patience.
              LockSupport.parkNanos(2_000_000_000L);
              return Answer.status(200);
            });
    runner(orders)
        .withPropertyValues("spring.http.clients.read-timeout=200ms")
        .run(
            context -> {
              for (Client client : Client.values()) {
                assertThat(catchThrowable(() -> client.post(context, orders.uri())))
                    .hasStackTraceContaining("TimeoutException");
              }
            });
  }

  @Test
  void an_application_without_these_clients_starts() {
    withoutClients(domain)
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.restclient",
                "org.springframework.boot.webclient",
                "org.springframework.boot.http.client"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MachineTokens.class));
  }

  @Test
  void an_application_with_rest_client_needs_no_reactor() {
    TestHost orders = host(it -> Answer.status(200));
    withoutClients(orders)
        .withConfiguration(
            AutoConfigurations.of(
                HttpClientAutoConfiguration.class,
                ImperativeHttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class))
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.webclient",
                "org.springframework.web.reactive",
                "reactor"))
        .run(context -> assertThat(Client.REST_CLIENT.post(context, orders.uri())).isEqualTo(200));
    assertThat(orders.asked()).extracting(Asked::authorization).containsExactly("Bearer token-1");
  }

  @Test
  void a_header_of_the_caller_stays() {
    TestHost orders = host(it -> Answer.status(200));
    runner(orders)
        .run(
            context ->
                context
                    .getBean(RestClient.Builder.class)
                    .build()
                    .get()
                    .uri(orders.uri())
                    .header("Authorization", "Bearer own")
                    .retrieve()
                    .toBodilessEntity());
    assertThat(orders.asked()).extracting(Asked::authorization).containsExactly("Bearer own");
  }
}
