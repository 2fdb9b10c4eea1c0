package io.github.twinpool.benchmarks;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserResponse;

/** A whole call on loopback, as the SDK makes it and as Twinpool does, in one run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {
  private static final GetUserRequest REQUEST =
      GetUserRequest.builder().accessToken("token").build();

  private StubServer server;
  private CognitoIdentityProviderClient bareSync;
  private CognitoIdentityProviderAsyncClient bareAsync;
  private MultiRegionCognito cognito;
  private CognitoIdentityProviderClient routedSync;
  private CognitoIdentityProviderAsyncClient routedAsync;

  /** Builds the clients. */
  @Setup
  public void build() {
    server = new StubServer();
    bareSync =
        CognitoIdentityProviderClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(server.endpoint())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();
    bareAsync =
        CognitoIdentityProviderAsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(server.endpoint())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();
    UserPool pool =
        UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2").toBuilder()
            .endpoint(RegionRole.PRIMARY, server.endpoint())
            .endpoint(RegionRole.SECONDARY, server.endpoint())
            .build();
    cognito =
        MultiRegionCognito.builder(pool)
            .clients(sdk -> sdk.credentialsProvider(AnonymousCredentialsProvider.create()))
            .asyncClients(sdk -> sdk.credentialsProvider(AnonymousCredentialsProvider.create()))
            .build();
    routedSync = cognito.client();
    routedAsync = cognito.asyncClient();
  }

  /** Closes them. */
  @TearDown
  public void close() {
    cognito.close();
    bareSync.close();
    bareAsync.close();
    server.close();
  }

  /** The SDK's blocking client. */
  @Benchmark
  public GetUserResponse bareSync() {
    return bareSync.getUser(REQUEST);
  }

  /** The routed blocking client. */
  @Benchmark
  public GetUserResponse routedSync() {
    return routedSync.getUser(REQUEST);
  }

  /** The SDK's async client, waited for. */
  @Benchmark
  public GetUserResponse bareAsync() {
    return bareAsync.getUser(REQUEST).join();
  }

  /** The routed async client, waited for. */
  @Benchmark
  public GetUserResponse routedAsync() {
    return routedAsync.getUser(REQUEST).join();
  }
}
