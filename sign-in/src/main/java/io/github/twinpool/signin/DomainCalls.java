package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.RequestState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to the pool's domain: one attempt at the first Region's host and, on a regional
 * failure and where the request may move, one at the other's. What was answered is not asked again.
 */
final class DomainCalls {
  /** Which failures let a request move to the other Region. */
  enum Moves {
    /** Any: doing it twice does no harm. */
    ALWAYS,
    /** Only those before anything was sent: a rotating refresh token. */
    IF_NOT_SENT
  }

  private final Domain domain;
  private final DomainHttp http;
  private final LongSupplier nanoTime;

  DomainCalls(Domain domain, DomainHttp http, LongSupplier nanoTime) {
    this.domain = domain;
    this.http = http;
    this.nanoTime = nanoTime;
  }

  Domain domain() {
    return domain;
  }

  /**
   * The answer of a Region that serves.
   *
   * @param request makes the request to the address that it is given
   * @return fails with a {@link DomainUnavailableException} if there was no answer
   */
  CompletableFuture<HTTPResponse> send(
      String path, Moves moves, Function<URI, HTTPRequest> request) {
    return attempt(new Call(path, moves, request, domain.order()), List.of());
  }

  /** The answer of one Region's host, which is asked once. */
  CompletableFuture<HTTPResponse> sendOnce(
      RegionRole role, String path, Function<URI, HTTPRequest> request) {
    return attempt(new Call(path, Moves.IF_NOT_SENT, request, List.of(role)), List.of());
  }

  private record Call(
      String path, Moves moves, Function<URI, HTTPRequest> request, List<RegionRole> order) {

    boolean movesAfter(int attempts, RequestState state) {
      return attempts < order.size() && (moves == Moves.ALWAYS || state == RequestState.NOT_SENT);
    }
  }

  private CompletableFuture<HTTPResponse> attempt(Call call, List<Attempt> before) {
    RegionRole role = call.order().get(before.size());
    long began = nanoTime.getAsLong();
    return Calls.begin(() -> http.send(call.request().apply(domain.at(role, call.path()))))
        .handle(
            (answer, error) -> {
              Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - began);
              Optional<DomainFailure> failure =
                  error == null
                      ? DomainFailure.of(answer, role, !before.isEmpty())
                      : DomainFailure.of(Calls.unwrapped(error));
              if (failure.isPresent()) {
                return failed(call, role, failure.get(), elapsed, before, error);
              }
              if (error != null) {
                return CompletableFuture.<HTTPResponse>failedFuture(Calls.unwrapped(error));
              }
              domain.answered(role);
              return CompletableFuture.completedFuture(answer);
            })
        .thenCompose(it -> it);
  }

  private CompletableFuture<HTTPResponse> failed(
      Call call,
      RegionRole role,
      DomainFailure failure,
      Duration elapsed,
      List<Attempt> before,
      @Nullable Throwable cause) {
    if (failure.regional()) {
      domain.failed(role);
    }
    Attempt attempt =
        new Attempt(role, domain.region(role), elapsed, failure.state(), failure.words());
    List<Attempt> attempts = Stream.concat(before.stream(), Stream.of(attempt)).toList();
    return call.movesAfter(attempts.size(), failure.state())
        ? attempt(call, attempts)
        : CompletableFuture.failedFuture(
            new DomainUnavailableException(
                call.path(), attempts, cause == null ? null : Calls.unwrapped(cause)));
  }
}
