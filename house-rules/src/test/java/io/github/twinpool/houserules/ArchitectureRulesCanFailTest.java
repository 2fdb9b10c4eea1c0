package io.github.twinpool.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows for each rule of {@link ArchitectureTest} which of some bad classes it finds. */
class ArchitectureRulesCanFailTest {
  private static final String BASE = "io.github.twinpool.houserules.bad";
  private static final JavaClasses BAD = new ClassFileImporter().importPackages(BASE);

  private final ModuleArrows arrows = new ModuleArrows(BASE);
  private final FailoverRooms rooms = new FailoverRooms(BASE + ".failover");

  @Test
  void a_package_of_no_module_is_found() {
    assertThat(foundBy(arrows.everyPackageIsOfAModule())).containsExactly("elsewhere.Hidden");
  }

  @Test
  void a_dependency_against_the_arrows_is_found() {
    assertThat(foundBy(arrows.modulesNeedOnlyWhatTheirArrowsPointAt()))
        .containsExactly("servlet.NeedsTheEmulator.emulator", "token.NeedsFailover.all");
  }

  @Test
  void the_use_of_another_modules_internals_is_found_unless_they_are_cores() {
    assertThat(foundBy(arrows.internalPackagesAreForTheirModule()))
        .containsExactly("signin.NeedsInternals.there");
  }

  @Test
  void packages_that_need_each_other_are_found() {
    assertThat(foundBy(ModuleArrows.packagesHaveNoCycles()))
        .containsExactly("failover.internal.back");
  }

  @Test
  void internals_that_need_a_door_are_found() {
    assertThat(foundBy(arrows.internalsDoNotNeedTheDoors()))
        .containsExactly("failover.internal.calls.NeedsTheDoor.door");
  }

  @Test
  void arrows_against_the_rooms_of_the_failover_are_found() {
    assertThat(foundBy(rooms.regionsDoNotNeedCalls()))
        .containsExactly("failover.internal.regions.NeedsCalls.call");
    assertThat(foundBy(rooms.regionsNeedOnlyTheMachinesProbes()))
        .containsExactly("failover.internal.regions.NeedsTheMachine.machine");
    assertThat(foundBy(rooms.theMachineNeedsOnlyValues()))
        .containsExactly(
            "failover.internal.machine.Impure.door", "failover.internal.machine.Impure.socket");
  }

  @Test
  void a_machine_with_a_clock_or_a_thread_is_found() {
    assertThat(foundBy(rooms.theMachineIsPure()))
        .containsExactly(
            "failover.internal.machine.Impure.property", "failover.internal.machine.Impure.thread");
  }

  @Test
  void what_is_too_long_is_found() throws IOException {
    Path sources =
        Project.root()
            .resolve("house-rules/src/test/java/io/github/twinpool/houserules/bad/failover");
    List<String> found = Sizes.of(sources).above(3, 12, 5);
    assertThat(found)
        .anyMatch(it -> it.endsWith("top-level types; at most 3 are allowed"))
        .anyMatch(
            it -> it.startsWith("Impure.java: ") && it.endsWith("lines; at most 12 are allowed"))
        .anyMatch(it -> it.startsWith("Impure.java: socket") && it.contains("at most 5"));
  }

  @Test
  void a_package_with_more_types_than_it_may_hold_is_found_until_its_own_limit_allows_them() {
    String core = BASE + " holds 6 types; at most ";
    assertThat(Packages.tooLarge(BAD, 4, Map.of())).containsExactly(core + "4 are allowed");
    assertThat(Packages.tooLarge(BAD, 4, Map.of(BASE, 6))).isEmpty();
    assertThat(Packages.tooLarge(BAD, 2, Map.of(BASE, 4))).containsExactly(core + "4 are allowed");
  }

  @Test
  void a_package_that_became_small_is_found_on_the_list_of_large_ones() {
    assertThat(Packages.smallEnough(BAD, 4, Map.of(BASE, 5, BASE + ".token", 7, "gone", 50)))
        .containsExactly("gone", BASE + ".token");
  }

  @Test
  void packages_that_are_not_null_marked_are_found() {
    assertThat(Packages.notNullMarked(BAD))
        .contains(BASE, BASE + ".failover")
        .doesNotContain(BASE + ".emulator");
  }

  @Test
  void production_that_reaches_the_emulator_or_wiremock_is_found() {
    assertThat(foundBy(arrows.productionDoesNotReachTheEmulator()))
        .containsExactly("failover.NeedsWireMock.server", "servlet.NeedsTheEmulator.emulator");
  }

  @Test
  void a_core_with_dependencies_is_found() {
    assertThat(foundBy(arrows.coreNeedsOnlyTheJdkAndSlf4j())).containsExactly("NeedsALibrary.type");
  }

  @Test
  void the_aws_sdk_below_token_validation_is_found() {
    assertThat(foundBy(arrows.tokensAndFiltersDoWithoutTheAwsSdk()))
        .containsExactly("token.NeedsTheAwsSdk.client");
  }

  @Test
  void nimbus_below_failover_is_found() {
    assertThat(foundBy(arrows.failoverDoesWithoutNimbus()))
        .containsExactly("failover.NeedsNimbus.token");
  }

  @Test
  void public_classes_that_can_be_extended_are_found_unless_they_are_exceptions() {
    assertThat(foundBy(HouseRules.publicTypesAreInterfacesExceptionsOrFinal()))
        .containsExactly("OpenToAll", "OpenToAll$Half", "OpenToAll$Nested");
  }

  @Test
  void checked_exceptions_are_found() {
    assertThat(foundBy(HouseRules.exceptionsAreUnchecked())).containsExactly("Failures$Checked");
  }

  @Test
  void static_fields_that_change_or_hold_what_changes_are_found() {
    assertThat(foundBy(HouseRules.staticFieldsDoNotChange()))
        .containsExactly("Statics.CACHE", "Statics.COUNTER", "Statics.changes");
  }

  @Test
  void service_look_ups_are_found() {
    assertThat(foundBy(HouseRules.noClassLooksUpServices())).containsOnly("Statics.services");
  }

  @Test
  void every_way_to_time_and_chance_is_found_outside_builders_and_programs() {
    assertThat(foundBy(HouseRules.timeAndRandomnessComeFromBuilders()))
        .containsExactly(
            "Clocks$Chance.draw",
            "Clocks$InLambda.clock",
            "Clocks$NanoTime.read",
            "Clocks$NanoTimeReference.clock",
            "Clocks$NewRandom.random",
            "Clocks$Sleep.sleep",
            "Clocks$SleepOfUnit.sleep",
            "Clocks$SystemClock.clock",
            "Clocks$TakesABuilder.read",
            "Clocks$TakesAStringBuilder.append",
            "Clocks$TextBuilder.now",
            "Clocks$ThreadRandom.draw",
            "Clocks$Today.read",
            "Clocks$WallTime.read");
  }

  private static Set<String> foundBy(ArchRule rule) {
    return Violations.of(rule, BAD, BASE).keySet();
  }
}
