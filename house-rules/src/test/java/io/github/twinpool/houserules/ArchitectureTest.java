package io.github.twinpool.houserules;

import static io.github.twinpool.houserules.Production.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * All modules keep to the architecture and the house rules. What does not is listed here with its
 * reason, or as a debt. What a list no longer needs must leave it.
 */
class ArchitectureTest {
  /** How many top-level types a package may hold. */
  private static final int TYPES = 45;

  /** Packages that were larger when the rule came, and may not grow until they are split. */
  private static final Map<String, Integer> LARGE_PACKAGES =
      Map.of(
          BASE + ".emulator", 228,
          BASE + ".examples", 51,
          BASE + ".operations", 70,
          BASE + ".signin", 92,
          BASE + ".spring", 78,
          BASE + ".token", 69);

  /** Debts: packages that need each other, by the first one that the rule names. */
  private static final Set<String> CYCLES = Set.of();

  /** Public classes that are open because JMH and Spring Boot extend them. No application does. */
  private static final Set<String> OPEN_CLASSES =
      Set.of(
          "benchmarks.CachedTokenBenchmark",
          "benchmarks.CachedTokenBenchmark$Turn",
          "benchmarks.CallBenchmark",
          "benchmarks.RouterBenchmark",
          "benchmarks.UncachedTokenBenchmark",
          "benchmarks.UncachedTokenBenchmark$Engine",
          "examples.boot.BootExample");

  /**
   * What reads a clock and is no builder. Picocli makes the commands of the command line, so that
   * no constructor of theirs can take a clock.
   */
  private static final Set<String> CLOCKS =
      Set.of("cli.PoolCommand.progress", "cli.DrillCommand.restore");

  private final ModuleArrows arrows = new ModuleArrows(BASE);
  private final FailoverRooms rooms = new FailoverRooms(BASE + ".failover");

  @Test
  void the_classes_of_every_module_are_seen() {
    assertThat(Production.CLASSES)
        .extracting(type -> type.getPackageName())
        .contains(
            BASE,
            BASE + ".failover",
            BASE + ".token",
            BASE + ".signin",
            BASE + ".operations",
            BASE + ".servlet",
            BASE + ".spring",
            BASE + ".spring.test",
            BASE + ".emulator",
            BASE + ".cli",
            BASE + ".examples",
            BASE + ".examples.boot",
            BASE + ".examples.jetty",
            BASE + ".benchmarks");
  }

  @Test
  void every_package_is_of_a_module() {
    holds(arrows.everyPackageIsOfAModule());
  }

  @Test
  void modules_need_only_what_their_arrows_point_at() {
    holds(arrows.modulesNeedOnlyWhatTheirArrowsPointAt());
  }

  @Test
  void internal_packages_are_for_their_module_and_those_of_core_for_all() {
    holds(arrows.internalPackagesAreForTheirModule());
  }

  @Test
  void packages_need_each_other_one_way() {
    holds(ModuleArrows.packagesHaveNoCycles(), CYCLES);
  }

  @Test
  void internal_packages_do_not_need_what_is_made_of_them() {
    holds(arrows.internalsDoNotNeedTheDoors());
  }

  @Test
  void the_failovers_rooms_need_each_other_one_way_and_the_machine_needs_only_values() {
    holds(rooms.regionsDoNotNeedCalls());
    holds(rooms.regionsNeedOnlyTheMachinesProbes());
    holds(rooms.theMachineNeedsOnlyValues());
  }

  @Test
  void the_failovers_machine_is_pure() {
    holds(rooms.theMachineIsPure());
  }

  @Test
  void the_failover_is_small_enough_to_be_read() throws IOException {
    assertThat(Sizes.of(Project.root().resolve("failover/src/main/java")).above(50, 400, 60))
        .isEmpty();
  }

  @Test
  void no_package_holds_more_types_than_it_may() {
    assertThat(Packages.tooLarge(Production.CLASSES, TYPES, LARGE_PACKAGES)).isEmpty();
    assertThat(Packages.smallEnough(Production.CLASSES, TYPES, LARGE_PACKAGES))
        .as("debts that are paid: take them out of LARGE_PACKAGES")
        .isEmpty();
  }

  @Test
  void every_package_is_null_marked() {
    assertThat(Packages.notNullMarked(Production.CLASSES)).isEmpty();
  }

  @Test
  void nothing_in_production_reaches_the_emulator_or_wiremock() {
    holds(arrows.productionDoesNotReachTheEmulator());
  }

  @Test
  void core_needs_nothing_but_the_jdk_and_slf4j() {
    holds(arrows.coreNeedsOnlyTheJdkAndSlf4j());
  }

  @Test
  void core_tokens_and_filters_do_without_the_aws_sdk() {
    holds(arrows.tokensAndFiltersDoWithoutTheAwsSdk());
  }

  @Test
  void failover_does_without_nimbus() {
    holds(arrows.failoverDoesWithoutNimbus());
  }

  @Test
  void public_types_are_interfaces_exceptions_or_final() {
    holds(HouseRules.publicTypesAreInterfacesExceptionsOrFinal(), OPEN_CLASSES);
  }

  @Test
  void exceptions_are_unchecked() {
    holds(HouseRules.exceptionsAreUnchecked());
  }

  @Test
  void static_fields_do_not_change() {
    holds(HouseRules.staticFieldsDoNotChange());
  }

  @Test
  void no_class_looks_up_services() {
    holds(HouseRules.noClassLooksUpServices());
  }

  @Test
  void time_and_randomness_come_from_builders_and_programs() {
    holds(HouseRules.timeAndRandomnessComeFromBuilders(), CLOCKS);
  }

  private static void holds(ArchRule rule) {
    holds(rule, Set.of());
  }

  /** The rule finds exactly the exceptions. */
  private static void holds(ArchRule rule, Set<String> exceptions) {
    Map<String, List<String>> found = Violations.of(rule, Production.CLASSES, BASE);
    Map<String, List<String>> unknown = new TreeMap<>(found);
    unknown.keySet().removeAll(exceptions);
    assertThat(unknown.values()).as(rule.getDescription()).isEmpty();
    assertThat(found.keySet())
        .as("the rule finds each exception, or it leaves the list")
        .containsAll(exceptions);
  }
}
