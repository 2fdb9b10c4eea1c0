package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Runs test classes that use the extension as JUnit runs them. */
class CognitoEmulatorExtensionTest {
  private static final List<CognitoEmulator> SEEN = new ArrayList<>();

  private static TestExecutionSummary run(Class<?> tests, String... parameters) {
    SEEN.clear();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests));
    for (String parameter : parameters) {
      request.configurationParameter(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
    }
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request.build(), summary);
    return summary.getSummary();
  }

  private static void passed(TestExecutionSummary summary, int tests) {
    assertThat(summary.getFailures()).extracting(failure -> failure.getException()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
  }

  private static synchronized void see(CognitoEmulator emulator) {
    SEEN.add(emulator);
  }

  private static void assertClosed() {
    assertThat(SEEN)
        .isNotEmpty()
        .allSatisfy(emulator -> assertThatIllegalStateException().isThrownBy(emulator::reset));
  }

  static class OnePerClass {
    @RegisterExtension
    static final CognitoEmulatorExtension EMULATOR =
        CognitoEmulatorExtension.of(TestEmulators.builder().user("ada", PASSWORD));

    @BeforeAll
    static void usersOfBeforeAllAreGoneWhenTheFirstMethodBegins(CognitoEmulator emulator) {
      emulator.createUser("bob", PASSWORD);
    }

    @BeforeEach
    void usersOfBeforeEachAreThere(CognitoEmulator emulator) {
      see(emulator);
      emulator.createUser("cleo", PASSWORD);
    }

    @RepeatedTest(2)
    void each_method_begins_with_the_users_of_the_builder(
        CognitoEmulator emulator,
        UserPool pool,
        CognitoIdentityProviderClient client,
        @InRegion(RegionRole.SECONDARY) CognitoIdentityProviderClient replica,
        @InRegion(RegionRole.SECONDARY) EmulatedRegion secondary,
        EmulatedRegion primary) {
      assertThat(pool).isEqualTo(emulator.userPool());
      assertThat(EMULATOR.emulator()).isSameAs(emulator);
      assertThat(secondary.role()).isEqualTo(RegionRole.SECONDARY);
      for (CognitoIdentityProviderClient each : List.of(client, replica)) {
        each.initiateAuth(
            r ->
                r.clientId(emulator.clientId())
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)));
      }
      assertThat(primary.calls("InitiateAuth")).isEqualTo(1);
      assertThat(secondary.calls("InitiateAuth")).isEqualTo(1);
      emulator.createUser("bob", PASSWORD);
      primary.outage(Outage.refused());
    }

    @Nested
    class Within {
      @Test
      void a_nested_class_has_the_same_emulator(CognitoEmulator emulator) {
        see(emulator);
        emulator.createUser("bob", PASSWORD);
      }
    }
  }

  @Test
  void a_static_field_is_one_emulator_for_the_class_which_is_reset_before_each_method() {
    passed(run(OnePerClass.class), 3);

    assertThat(SEEN.stream().distinct()).hasSize(1);
    assertThat(SEEN).hasSizeGreaterThan(2);
    assertClosed();
    assertThatIllegalStateException().isThrownBy(OnePerClass.EMULATOR::emulator);
  }

  static class OnePerMethod {
    @RegisterExtension
    final CognitoEmulatorExtension extension = CognitoEmulatorExtension.of(TestEmulators.builder());

    @RepeatedTest(2)
    void has_an_emulator_of_its_own(CognitoEmulator emulator) {
      assertThat(extension.emulator()).isSameAs(emulator);
      see(emulator);
    }
  }

  @Test
  void a_field_of_the_instance_is_an_emulator_for_each_method() {
    passed(run(OnePerMethod.class), 2);

    assertThat(SEEN.stream().distinct()).hasSize(2);
    assertClosed();
  }

  @ExtendWith(CognitoEmulatorExtension.class)
  static class ByAnnotation {
    private final UserPool pool;

    ByAnnotation(UserPool pool) {
      this.pool = pool;
    }

    @Test
    void the_constructor_and_the_method_see_the_same(CognitoEmulator emulator) {
      see(emulator);
      assertThat(pool).isEqualTo(emulator.userPool());
    }
  }

  @Test
  void the_annotation_is_one_emulator_for_the_class() {
    passed(run(ByAnnotation.class), 1);
    assertClosed();
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class Together {
    static final CountDownLatch TOLD = new CountDownLatch(1);

    /** Ends the wait of the method that has the emulator, when the other has been refused. */
    @RegisterExtension static final AfterEachCallback LAST = context -> TOLD.countDown();

    @RegisterExtension
    static final CognitoEmulatorExtension EMULATOR =
        CognitoEmulatorExtension.of(TestEmulators.builder());

    @RepeatedTest(2)
    void uses_it() throws Exception {
      assertThat(TOLD.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void methods_that_run_together_on_one_emulator_are_told_so() {
    TestExecutionSummary summary =
        run(
            Together.class,
            "junit.jupiter.execution.parallel.enabled=true",
            "junit.jupiter.execution.parallel.config.strategy=fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism=2");

    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageStartingWith("Another method is using this emulator")
                    .hasMessageEndingWith("by a field that is not static"));
  }
}
