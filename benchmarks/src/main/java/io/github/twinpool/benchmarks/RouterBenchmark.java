package io.github.twinpool.benchmarks;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderServiceClientConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserResponse;

/** What the router itself costs a call: below it are clients that answer at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouterBenchmark {
  private static final GetUserRequest REQUEST =
      GetUserRequest.builder().accessToken("token").build();
  private static final GetUserResponse RESPONSE = GetUserResponse.builder().username("ada").build();

  private MultiRegionCognito inPlace;
  private MultiRegionCognito handedOver;
  private CognitoIdentityProviderClient sync;
  private CognitoIdentityProviderAsyncClient async;
  private CognitoIdentityProviderClient pooled;

  /** Builds the clients. */
  @Setup
  public void build() {
    inPlace =
        MultiRegionCognito.builder(pool())
            .readyClient(RegionRole.PRIMARY, new SyncStub())
            .readyClient(RegionRole.SECONDARY, new SyncStub())
            .readyAsyncClient(RegionRole.PRIMARY, new AsyncStub())
            .readyAsyncClient(RegionRole.SECONDARY, new AsyncStub())
            .executor(new InPlace())
            .build();
    handedOver =
        MultiRegionCognito.builder(pool())
            .readyClient(RegionRole.PRIMARY, new SyncStub())
            .readyClient(RegionRole.SECONDARY, new SyncStub())
            .build();
    sync = inPlace.client();
    async = inPlace.asyncClient();
    pooled = handedOver.client();
  }

  /** Probes find nobody there, and answered calls outweigh them. */
  private static UserPool pool() {
    return UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2").toBuilder()
        .endpoint(RegionRole.PRIMARY, URI.create("http://127.0.0.1:1"))
        .endpoint(RegionRole.SECONDARY, URI.create("http://127.0.0.1:1"))
        .build();
  }

  /** Closes them. */
  @TearDown
  public void close() {
    inPlace.close();
    handedOver.close();
  }

  /** The blocking client, its attempt on the caller's thread. */
  @Benchmark
  public GetUserResponse routerSync() {
    return sync.getUser(REQUEST);
  }

  /** The async client. */
  @Benchmark
  public GetUserResponse routerAsync() {
    return async.getUser(REQUEST).join();
  }

  /** The blocking client as it comes: with the hand-over to the executor and back. */
  @Benchmark
  public GetUserResponse routerAndHandOver() {
    return pooled.getUser(REQUEST);
  }

  private static final class SyncStub implements CognitoIdentityProviderClient {
    @Override
    public GetUserResponse getUser(GetUserRequest request) {
      return RESPONSE;
    }

    @Override
    public CognitoIdentityProviderServiceClientConfiguration serviceClientConfiguration() {
      return CognitoIdentityProviderServiceClientConfiguration.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static final class AsyncStub implements CognitoIdentityProviderAsyncClient {
    @Override
    public CompletableFuture<GetUserResponse> getUser(GetUserRequest request) {
      return CompletableFuture.completedFuture(RESPONSE);
    }

    @Override
    public CognitoIdentityProviderServiceClientConfiguration serviceClientConfiguration() {
      return CognitoIdentityProviderServiceClientConfiguration.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static final class InPlace extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
