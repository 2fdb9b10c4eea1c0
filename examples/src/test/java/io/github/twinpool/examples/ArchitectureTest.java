package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** All modules keep to the architecture and the house rules. */
class ArchitectureTest {
  private static final String BASE = "io.github.twinpool";
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  private final ModuleArrows arrows = new ModuleArrows(BASE);

  @Test
  void the_classes_of_every_module_that_examples_needs_are_seen() {
    assertThat(PRODUCTION)
        .extracting(type -> type.getPackageName())
        .contains(
            BASE,
            BASE + ".failover",
            BASE + ".token",
            BASE + ".signin",
            BASE + ".operations",
            BASE + ".servlet",
            BASE + ".emulator",
            BASE + ".examples");
  }

  @Test
  void every_package_is_one_of_a_module() {
    arrows.everyPackageIsAModule().check(PRODUCTION);
  }

  @Test
  void modules_need_only_what_their_arrows_point_at() {
    arrows.modulesNeedOnlyWhatTheirArrowsPointAt().check(PRODUCTION);
  }

  @Test
  void nothing_in_production_reaches_the_emulator_or_wiremock() {
    arrows.productionDoesNotReachTheEmulator().check(PRODUCTION);
  }

  @Test
  void core_needs_nothing_but_the_jdk() {
    arrows.coreNeedsOnlyTheJdk().check(PRODUCTION);
  }

  @Test
  void core_tokens_and_filters_do_without_the_aws_sdk() {
    arrows.tokensAndFiltersDoWithoutTheAwsSdk().check(PRODUCTION);
  }

  @Test
  void failover_does_without_nimbus() {
    arrows.failoverDoesWithoutNimbus().check(PRODUCTION);
  }

  @Test
  void public_types_are_interfaces_exceptions_or_final() {
    HouseRules.publicTypesAreInterfacesExceptionsOrFinal().check(PRODUCTION);
  }

  @Test
  void all_other_types_are_final_or_sealed() {
    HouseRules.otherTypesAreFinalOrSealed().check(PRODUCTION);
  }

  @Test
  void no_name_ends_with_impl_or_utils() {
    HouseRules.noNameEndsLikeAnAfterthought().check(PRODUCTION);
  }

  @Test
  void exceptions_are_unchecked() {
    HouseRules.exceptionsAreUnchecked().check(PRODUCTION);
  }

  @Test
  void static_fields_do_not_change() {
    HouseRules.staticFieldsDoNotChange().check(PRODUCTION);
  }

  @Test
  void nobody_looks_up_services() {
    HouseRules.nobodyLooksUpServices().check(PRODUCTION);
  }

  @Test
  void time_and_randomness_come_from_builders_and_programs() {
    HouseRules.timeAndRandomnessComeFromBuilders().check(PRODUCTION);
  }
}
