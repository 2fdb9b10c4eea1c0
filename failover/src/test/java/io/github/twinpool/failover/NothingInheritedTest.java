package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;

/** What one caller has on its thread is never seen on behalf of another. */
class NothingInheritedTest {
  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();
  private static final List<String> TENANTS = List.of("A", "B", "C");

  /** What a credentials provider met: the tenant, and whose class loader. */
  private record Met(String tenant, ClassLoader loader) {}

  private final CognitoEmulator emulator = TestEmulators.start();
  private final List<Met> met = new CopyOnWriteArrayList<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final List<ClassLoader> loaders = new ArrayList<>();
  private MultiRegionCognito cognito;

  NothingInheritedTest() throws InterruptedException {
    emulator.createUser("ada", "Correct-Horse-7");
    AwsCredentialsProvider perTenant =
        () -> {
          met.add(
              new Met(
                  String.valueOf(TENANT.get()), Thread.currentThread().getContextClassLoader()));
          return AwsBasicCredentials.create("AKIDEXAMPLE", "example");
        };
    // The first caller is also the one that builds the client: in Spring, for instance, lazily.
    as(
        "first",
        () ->
            cognito =
                MultiRegionCognito.builder(emulator.userPool())
                    .policy(TwoRegions.QUICK)
                    .clients(client -> client.credentialsProvider(perTenant))
                    .asyncClients(client -> client.credentialsProvider(perTenant))
                    .listener(
                        new FailoverListener() {
                          @Override
                          public void onProbe(ProbeReport report) {
                            heard.add(String.valueOf(TENANT.get()));
                          }
                        })
                    .build());
  }

  @AfterEach
  void close() {
    cognito.close();
    emulator.close();
  }

  private void as(String tenant, Runnable work) throws InterruptedException {
    ClassLoader own = new URLClassLoader(new URL[0], getClass().getClassLoader());
    loaders.add(own);
    Thread caller =
        new Thread(
            () -> {
              TENANT.set(tenant);
              work.run();
            },
            "caller " + tenant);
    caller.setContextClassLoader(own);
    caller.start();
    caller.join();
  }

  private void call(boolean async) {
    AdminGetUserRequest request =
        AdminGetUserRequest.builder().userPoolId(emulator.userPool().id()).username("ada").build();
    if (async) {
      cognito.asyncClient().adminGetUser(request).join();
    } else {
      cognito.client().adminGetUser(request);
    }
  }

  /** Nothing, or what the caller itself has: on a thread of its own the SDK promises that. */
  private void foreign(String tenant) {
    ClassLoader own = loaders.get(loaders.size() - 1);
    Set<ClassLoader> others = new HashSet<>(loaders);
    others.remove(own);
    assertThat(met).isNotEmpty();
    assertThat(met).extracting(Met::tenant).isSubsetOf("null", tenant);
    assertThat(met).extracting(Met::loader).doesNotContainAnyElementsOf(others);
    met.clear();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_credentials_provider_never_sees_another_callers_tenant(boolean async) throws Exception {
    for (String tenant : TENANTS) {
      as(tenant, () -> call(async));
      foreign(tenant);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nor_does_it_when_the_other_region_rescues_the_call(boolean async) throws Exception {
    emulator.region(PRIMARY).outage(Outage.internalErrors());
    for (String tenant : TENANTS) {
      as(tenant, () -> call(async));
      foreign(tenant);
    }
  }

  @Test
  void listeners_see_no_callers_tenant() throws Exception {
    for (String tenant : TENANTS) {
      as(tenant, () -> call(false));
    }
    await().pollInterval(Duration.ofMillis(10)).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly("null");
  }
}
