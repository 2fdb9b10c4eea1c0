package io.github.twinpool.examples;

import io.github.twinpool.UserPool;
import io.github.twinpool.token.AccessToken;
import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A Lambda authorizer for an HTTP API of API Gateway: payload format 2.0, simple responses. The
 * guide is docs/lambda.md. Has no types of AWS Lambda's, so that it needs no dependency.
 */
public final class LambdaAuthorizer {
  private static final String BEARER = "Bearer ";

  private final TokenValidator validator;

  LambdaAuthorizer(TokenValidator validator) {
    this.validator = validator;
  }

  static TokenValidator validator(UserPool pool, Path bundled) {
    // tag::lambda-validator[]
    TokenValidator validator = // in a static field: made in the init phase, used by all invocations
        TokenValidator.builder(pool)
            .clientId("app")
            .preload(Preload.BLOCKING) // the init phase has 10 s
            .keysTimeout(Duration.ofSeconds(3)) // below the time-out of the function
            .keyFile(bundled) // /opt/jwks.json of a layer: for a cold start in an outage
            .build();
    // end::lambda-validator[]
    return validator;
  }

  static TokenValidator behindProxy(UserPool pool, InetSocketAddress proxy, Executor bounded) {
    // tag::key-proxy[]
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(proxy))
            .followRedirects(HttpClient.Redirect.NEVER) // required
            .connectTimeout(Duration.ofSeconds(2)) // below keysTimeout
            .executor(bounded) // the JDK's default starts any number of threads
            .build();
    TokenValidator validator =
        TokenValidator.builder(pool).clientId("app").httpClient(client).build();
    // end::key-proxy[]
    return validator;
  }

  // tag::lambda-handler[]
  Map<String, Object> handle(Map<String, Object> event) {
    String header = authorization(event);
    if (!header.startsWith("Bearer ")) {
      return Map.of("isAuthorized", false);
    }
    try {
      AccessToken token = validator.validateAccessToken(header.substring(BEARER.length()));
      return Map.of("isAuthorized", true, "context", Map.of("sub", token.subject()));
    } catch (InvalidTokenException e) {
      return Map.of("isAuthorized", false); // the client gets 403
    } // KeysUnavailableException ends the invocation: the client gets 500
  }

  // end::lambda-handler[]

  /** API Gateway gives all names of headers in lower case. */
  private static String authorization(Map<String, Object> event) {
    return event.get("headers") instanceof Map<?, ?> headers
            && headers.get("authorization") instanceof String header
        ? header
        : "";
  }
}
