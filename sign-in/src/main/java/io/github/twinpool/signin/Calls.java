package io.github.twinpool.signin;

import io.github.twinpool.failover.MultiRegionCognito;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * How requests are sent: by the routed client on the caller's thread, so that the future is done
 * when it is returned, or by the routed async client. A conversation is written once, for both.
 */
final class Calls {
  private final MultiRegionCognito cognito;
  private final boolean blocking;

  private Calls(MultiRegionCognito cognito, boolean blocking) {
    this.cognito = cognito;
    this.blocking = blocking;
  }

  static Calls blocking(MultiRegionCognito cognito) {
    return new Calls(cognito, true);
  }

  static Calls async(MultiRegionCognito cognito) {
    return new Calls(cognito, false);
  }

  <T> CompletableFuture<T> send(
      Function<CognitoIdentityProviderClient, T> sync,
      Function<CognitoIdentityProviderAsyncClient, CompletableFuture<T>> async) {
    if (!blocking) {
      return async.apply(cognito.asyncClient());
    }
    return begin(() -> CompletableFuture.completedFuture(sync.apply(cognito.client())));
  }

  /** What is thrown on the way to a future, as the future's failure. */
  static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> beginning) {
    try {
      return beginning.get();
    } catch (Throwable e) { // A supplier's Error or sneaky exception, too: somebody waits.
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The outcome of a future, thrown as the blocking caller knows it. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw unwrapped(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  static Throwable unwrapped(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
