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
  /** When a request without an answer is sent again. */
  enum Moves {
    /**
     * To the other Region after any failure, and once more to the same host when an idle connection
     * was found dead: doing it twice does no harm.
     */
    ALWAYS,
    /** To the other Region after any failure: a refresh token that is not known to rotate. */
    ELSEWHERE,
    /** To the other Region if nothing was sent: a rotating refresh token. */
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

  /** Sends nothing more. */
  void close() {
    http.close();
  }

  /**
   * The answer of a Region that serves.
   *
   * @param request makes the request to the address that it is given
   * @return fails with a {@link DomainUnavailableException} if there was no answer, or a refusal by
   *     the secondary only, which is then its cause
   */
  CompletableFuture<HTTPResponse> send(
      String path, Moves moves, Function<URI, HTTPRequest> request) {
    return attempt(new Call(path, moves, request, domain.order(), true), List.of(), null);
  }

  /** The answer of one Region's host, which is asked once and has the last word. */
  CompletableFuture<HTTPResponse> sendOnce(
      RegionRole role, String path, Function<URI, HTTPRequest> request) {
    return attempt(
        new Call(path, Moves.IF_NOT_SENT, request, List.of(role), false), List.of(), null);
  }

  /**
   * A request on its way.
   *
   * @param primaryKnows whether a refusal by the secondary is left to the primary
   */
  private record Call(
      String path,
      Moves moves,
      Function<URI, HTTPRequest> request,
      List<RegionRole> order,
      boolean primaryKnows) {

    boolean movesAfter(int attempts, RequestState state) {
      return attempts < order.size()
          && (moves != Moves.IF_NOT_SENT || state == RequestState.NOT_SENT);
    }

    Optional<DomainFailure> failure(RegionRole role, HTTPResponse answer) {
      return primaryKnows && role == RegionRole.SECONDARY
          ? DomainFailure.ofSecondary(answer)
          : DomainFailure.of(answer);
    }
  }

  private CompletableFuture<HTTPResponse> attempt(
      Call call, List<Attempt> before, @Nullable Throwable refusal) {
    RegionRole role = call.order().get(before.size());
    long began = nanoTime.getAsLong();
    return Calls.begin(
            () ->
                http.send(
                    call.request().apply(domain.at(role, call.path())),
                    call.moves() == Moves.ALWAYS))
        .handle(
            (answer, error) -> {
              Throwable cause = error == null ? null : Calls.unwrapped(error);
              Optional<DomainFailure> failure =
                  cause == null ? call.failure(role, answer) : DomainFailure.of(cause);
              if (failure.isPresent()) {
                Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - began);
                List<Attempt> attempts = with(before, role, failure.get(), elapsed);
                Throwable why = refusal != null ? refusal : why(call, failure.get(), answer, cause);
                return failed(call, role, failure.get(), attempts, why);
              }
              if (cause != null) {
                return CompletableFuture.<HTTPResponse>failedFuture(cause);
              }
              domain.answered(role);
              return CompletableFuture.completedFuture(answer);
            })
        .thenCompose(it -> it);
  }

  private List<Attempt> with(
      List<Attempt> before, RegionRole role, DomainFailure failure, Duration elapsed) {
    Attempt attempt =
        new Attempt(role, domain.region(role), elapsed, failure.state(), failure.words());
    return Stream.concat(before.stream(), Stream.of(attempt)).toList();
  }

  private static @Nullable Throwable why(
      Call call, DomainFailure failure, @Nullable HTTPResponse answer, @Nullable Throwable cause) {
    return answer == null || failure.regional()
        ? cause
        : TokenEndpoint.refusal(call.path(), answer);
  }

  private CompletableFuture<HTTPResponse> failed(
      Call call,
      RegionRole role,
      DomainFailure failure,
      List<Attempt> attempts,
      @Nullable Throwable why) {
    if (failure.regional()) {
      domain.failed(role);
    }
    if (call.movesAfter(attempts.size(), failure.state())) {
      return attempt(call, attempts, why instanceof OAuthErrorException ? why : null);
    }
    return CompletableFuture.failedFuture(
        new DomainUnavailableException(call.path(), attempts, why));
  }
}
