package io.github.twinpool.examples;

import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.signin.DomainUnavailableException;
import io.github.twinpool.signin.MachineToken;
import io.github.twinpool.signin.MachineTokens;
import io.github.twinpool.signin.OAuthErrorException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** What {@code docs/oauth.md} shows, besides parts of {@link WebLogin}. */
final class OAuthRecipes {
  /** Stands for where an application keeps its secrets. */
  interface Vault {
    String clientSecret();
  }

  /** Stands for what an application does without a token. */
  interface Fallback {
    String later(List<Attempt> attempts);

    String tellOperators(String error);
  }

  private OAuthRecipes() {}

  static UserPool withADomain() {
    // tag::domain[]
    UserPool pool =
        UserPool.builder("us-east-1_EXAMPLE")
            .secondaryRegion("us-west-2")
            .domain("my-app") // or a custom domain: "auth.example.com"
            .build();
    // end::domain[]
    return pool;
  }

  static HttpResponse<String> callAnotherService(UserPool pool, Vault vault)
      throws IOException, InterruptedException {
    // tag::machine[]
    MachineTokens machine =
        MachineTokens.builder(pool, "machine-client-id").clientSecret(vault::clientSecret).build();
    URI orders = URI.create("https://orders.example.com");
    HttpClient http =
        machine.httpClient(HttpClient.newHttpClient(), List.of(orders), "orders/read");

    HttpRequest request = HttpRequest.newBuilder(orders.resolve("/orders")).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // end::machine[]
    return response;
  }

  static HttpRequest withATokenByHand(MachineTokens machine, URI orders) {
    // tag::machine-token[]
    MachineToken token = machine.token("orders/read"); // waits only if there is no valid one
    HttpRequest request =
        HttpRequest.newBuilder(orders).header("Authorization", token.authorization()).build();
    // end::machine-token[]
    return request;
  }

  static String whileNoHostAnswers(MachineTokens machine, Fallback fallback) {
    // tag::machine-outage[]
    try {
      return machine.token("orders/read").accessToken();
    } catch (DomainUnavailableException e) { // an outage: worth a later retry
      return fallback.later(e.attempts());
    } catch (OAuthErrorException e) { // an answer: the client, its secret or a scope is wrong
      return fallback.tellOperators(e.error().orElse("unknown"));
    }
    // end::machine-outage[]
  }
}
