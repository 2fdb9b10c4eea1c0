package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Shows for each rule of {@link ArchitectureTest} which of some bad classes it finds. */
class ArchitectureRulesCanFailTest {
  private static final String BASE = "io.github.twinpool.examples.bad";
  private static final JavaClasses BAD = new ClassFileImporter().importPackages(BASE);
  private static final Pattern FOUND = Pattern.compile(Pattern.quote(BASE) + "\\.([\\w.$]+)");

  private final ModuleArrows arrows = new ModuleArrows(BASE);

  @Test
  void a_package_that_is_no_module_is_found() {
    assertThat(foundBy(arrows.everyPackageIsAModule())).containsExactly("internal.Hidden");
  }

  @Test
  void a_dependency_against_the_arrows_is_found() {
    assertThat(foundBy(arrows.modulesNeedOnlyWhatTheirArrowsPointAt()))
        .containsExactly("servlet.NeedsTheEmulator.emulator", "token.NeedsFailover.all");
  }

  @Test
  void production_that_reaches_the_emulator_or_wiremock_is_found() {
    assertThat(foundBy(arrows.productionDoesNotReachTheEmulator()))
        .containsExactly("failover.NeedsWireMock.server", "servlet.NeedsTheEmulator.emulator");
  }

  @Test
  void a_core_with_dependencies_is_found() {
    assertThat(foundBy(arrows.coreNeedsOnlyTheJdk())).containsExactly("NeedsALogger.logger");
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
        .containsExactly("OpenToAll", "OpenToAll$Nested");
  }

  @Test
  void other_classes_that_can_be_extended_are_found() {
    assertThat(foundBy(HouseRules.otherTypesAreFinalOrSealed()))
        .containsExactly("Shapes$Open", "Shapes$OpenAndAbstract");
  }

  @Test
  void names_that_end_with_impl_or_utils_are_found() {
    assertThat(foundBy(HouseRules.noNameEndsLikeAnAfterthought()))
        .containsExactly("Shapes$StringUtils", "Shapes$WorkerImpl");
  }

  @Test
  void checked_exceptions_are_found() {
    assertThat(foundBy(HouseRules.exceptionsAreUnchecked())).containsExactly("Shapes$Checked");
  }

  @Test
  void static_fields_that_change_or_hold_what_changes_are_found() {
    assertThat(foundBy(HouseRules.staticFieldsDoNotChange()))
        .containsExactly("Statics.CACHE", "Statics.COUNTER", "Statics.changes");
  }

  @Test
  void service_look_ups_are_found() {
    assertThat(foundBy(HouseRules.nobodyLooksUpServices())).containsOnly("Statics.services");
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
            "Clocks$ThreadRandom.draw",
            "Clocks$Today.read",
            "Clocks$WallTime.read");
  }

  /** The first class or member that each violation names, below the base package. */
  private static List<String> foundBy(ArchRule rule) {
    return rule.evaluate(BAD).getFailureReport().getDetails().stream()
        .map(ArchitectureRulesCanFailTest::firstNamed)
        .distinct()
        .sorted()
        .toList();
  }

  private static String firstNamed(String violation) {
    Matcher matcher = FOUND.matcher(violation);
    return matcher.find() ? matcher.group(1) : violation;
  }
}
