package io.github.twinpool.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** The same as {@link KeysUnavailableFilter} for reactive applications. */
final class KeysUnavailableExceptionHandler implements WebExceptionHandler, Ordered {
  private final Duration retryAfter;

  KeysUnavailableExceptionHandler(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  /** Before Boot's own, which would answer 500. */
  @Override
  public int getOrder() {
    return -2;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted() || !JwtKeysUnavailableException.isCauseOf(failure)) {
      return Mono.error(failure);
    }
    response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
    response.getHeaders().set("Retry-After", Long.toString(retryAfter.toSeconds()));
    response.getHeaders().set("Cache-Control", "no-store");
    response.getHeaders().set("Content-Type", KeysUnavailableProblem.TYPE);
    byte[] body = KeysUnavailableProblem.BODY.getBytes(StandardCharsets.UTF_8);
    DataBuffer buffer = response.bufferFactory().wrap(body);
    return response.writeWith(Mono.just(buffer));
  }
}
