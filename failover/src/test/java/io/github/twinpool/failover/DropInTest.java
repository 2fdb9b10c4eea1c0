package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** Code written against the SDK's interfaces, which does not know that its client is ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropInTest {
  private final List<String> headersSent = new CopyOnWriteArrayList<>();
  private TwoRegions regions;
  private MultiRegionCognito cognito;
  private CognitoIdentityProviderClient client;
  private CognitoIdentityProviderAsyncClient asyncClient;

  @BeforeAll
  void start() {
    regions = new TwoRegions();
    IntStream.range(0, 25)
        .forEach(i -> regions.emulator.createUser("user-" + i, TwoRegions.PASSWORD));
    ExecutionInterceptor interceptor =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            context.httpRequest().firstMatchingHeader("x-mine").ifPresent(headersSent::add);
          }
        };
    cognito =
        regions
            .builder()
            .clients(b -> b.overrideConfiguration(o -> o.addExecutionInterceptor(interceptor)))
            .asyncClients(b -> b.overrideConfiguration(o -> o.addExecutionInterceptor(interceptor)))
            .build();
    client = cognito.client();
    asyncClient = cognito.asyncClient();
  }

  @AfterAll
  void stop() {
    cognito.close();
    regions.close();
  }

  @Test
  void consumer_overloads_are_routed() {
    InitiateAuthResponse response =
        client.initiateAuth(
            r ->
                r.clientId(regions.emulator.clientId())
                    .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .authParameters(
                        Map.of("USERNAME", TwoRegions.USER, "PASSWORD", TwoRegions.PASSWORD)));
    String accessToken = response.authenticationResult().accessToken();
    assertThat(client.getUser(r -> r.accessToken(accessToken)).username())
        .isEqualTo(TwoRegions.USER);
    assertThat(asyncClient.getUser(r -> r.accessToken(accessToken)).join().username())
        .isEqualTo(TwoRegions.USER);
  }

  @Test
  void paginators_walk_all_pages() {
    String poolId = regions.emulator.userPool().id();
    assertThat(client.listUsersPaginator(r -> r.userPoolId(poolId).limit(10)).users())
        .extracting(UserType::username)
        .contains("user-0", "user-24", TwoRegions.USER);
    List<String> names = new CopyOnWriteArrayList<>();
    asyncClient
        .listUsersPaginator(r -> r.userPoolId(poolId).limit(10))
        .users()
        .subscribe(user -> names.add(user.username()))
        .join();
    assertThat(names).contains("user-0", "user-24", TwoRegions.USER).doesNotHaveDuplicates();
  }

  @Test
  void per_request_overrides_are_honoured() {
    headersSent.clear();
    client.initiateAuth(
        regions.signIn().toBuilder()
            .overrideConfiguration(o -> o.putHeader("x-mine", "sync"))
            .build());
    asyncClient
        .initiateAuth(
            regions.signIn().toBuilder()
                .overrideConfiguration(o -> o.putHeader("x-mine", "async"))
                .build())
        .join();
    assertThat(headersSent).containsExactly("sync", "async");
  }

  @Test
  void service_exceptions_arrive_unchanged() {
    assertThatThrownBy(() -> client.initiateAuth(regions.signIn("wrong")))
        .isExactlyInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    try {
      client.signUp(regions.signUp(TwoRegions.USER));
    } catch (UsernameExistsException e) {
      assertThat(e.requestId()).isNotBlank();
      assertThat(e.statusCode()).isEqualTo(400);
    }
    try {
      client.adminGetUser(r -> r.userPoolId(regions.emulator.userPool().id()).username("nobody"));
    } catch (SdkException e) {
      assertThat(e).isInstanceOf(CognitoIdentityProviderException.class);
    }
    CompletableFuture<?> future = asyncClient.initiateAuth(regions.signIn("wrong"));
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(future::join)
        .withCauseExactlyInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void a_request_that_the_sdk_itself_refuses_is_refused_the_same_way_and_not_sent() {
    ListUsersRequest request =
        ListUsersRequest.builder()
            .userPoolId(regions.emulator.userPool().id())
            .overrideConfiguration(
                o ->
                    o.credentialsProvider(
                        () -> {
                          throw SdkClientException.create("no credentials today");
                        }))
            .build();
    Throwable plain = catchThrowable(() -> cognito.client(RegionRole.PRIMARY).listUsers(request));
    assertThat(plain)
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("no credentials today");
    long before = listings();
    assertThatThrownBy(() -> client.listUsers(request))
        .hasSameClassAs(plain)
        .hasMessage(plain.getMessage());
    assertThatThrownBy(() -> asyncClient.listUsers(request).join())
        .cause()
        .hasSameClassAs(plain)
        .hasMessage(plain.getMessage());
    assertThat(listings()).isEqualTo(before);
  }

  private long listings() {
    return regions.emulator.region(RegionRole.PRIMARY).calls("ListUsers")
        + regions.emulator.region(RegionRole.SECONDARY).calls("ListUsers");
  }

  @Test
  void closing_a_routed_client_closes_nothing() {
    client.close();
    asyncClient.close();
    assertThat(client.initiateAuth(regions.signIn()).authenticationResult()).isNotNull();
    assertThat(asyncClient.initiateAuth(regions.signIn()).join().authenticationResult())
        .isNotNull();
  }

  @Test
  void the_clients_describe_themselves() {
    assertThat(client.serviceName()).isEqualTo("cognito-idp");
    assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("us-east-1");
    assertThat(asyncClient.serviceClientConfiguration().region().id()).isEqualTo("us-east-1");
    assertThat(client).isEqualTo(cognito.client()).isNotEqualTo(cognito.client(RegionRole.PRIMARY));
    assertThat(client.hashCode()).isEqualTo(cognito.client().hashCode());
    assertThat(client.toString()).contains("Routed");
    assertThat(cognito.toString()).contains("PRIMARY").contains("us-west-2");
  }

  @Test
  void the_plain_client_of_a_region_goes_there() {
    long before = regions.emulator.region(RegionRole.SECONDARY).calls("InitiateAuth");
    cognito.client(RegionRole.SECONDARY).initiateAuth(regions.signIn());
    assertThat(regions.emulator.region(RegionRole.SECONDARY).calls("InitiateAuth"))
        .isEqualTo(before + 1);
  }

  @Test
  void the_catalogue_knows_every_operation_of_the_sdk() {
    List<String> operations =
        Stream.of(CognitoIdentityProviderClient.class.getMethods())
            .filter(m -> m.getParameterCount() == 1 && !m.getName().endsWith("Paginator"))
            .map(m -> m.getParameterTypes()[0].getSimpleName())
            .filter(name -> name.endsWith("Request"))
            .map(name -> name.substring(0, name.length() - "Request".length()))
            .toList();
    assertThat(operations).hasSize(132);
    assertThat(operations)
        .allSatisfy(
            name ->
                assertThat(OperationSupport.catalogue())
                    .anyMatch(it -> it.operation().equalsIgnoreCase(name)));
  }
}
