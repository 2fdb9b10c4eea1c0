package io.github.twinpool.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * The arrows of the architecture, by package: which module may need which. Modules that do not
 * exist yet are listed already, so that they are born under the rule.
 */
final class ModuleArrows {
  private static final String CORE = "";
  private static final Set<String> ANYTHING = Set.of("*");

  /** A module's package below the base, and the packages of the modules that it may need. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry(CORE, Set.of(CORE)),
          Map.entry("failover", Set.of(CORE)),
          Map.entry("token", Set.of(CORE)),
          Map.entry("signin", Set.of(CORE, "failover", "token")),
          Map.entry("operations", Set.of(CORE, "failover")),
          Map.entry("servlet", Set.of(CORE, "token")),
          Map.entry("spring", Set.of(CORE, "failover", "token", "signin", "operations", "servlet")),
          Map.entry("spring.test", Set.of(CORE, "spring", "emulator")),
          Map.entry("emulator", Set.of(CORE)),
          Map.entry("cli", Set.of(CORE, "failover", "operations", "emulator")),
          Map.entry("examples", ANYTHING),
          Map.entry("benchmarks", ANYTHING));

  private static final Set<String> NEVER_IN_PRODUCTION =
      Set.of("emulator", "cli", "spring.test", "examples", "benchmarks");

  private final String base;

  /**
   * @param base the package of core
   */
  ModuleArrows(String base) {
    this.base = base;
  }

  /** One package per module, and none called {@code internal}. */
  ArchRule everyPackageIsAModule() {
    return classes().should(resideInAModule()).as("every package should be one of a module's");
  }

  ArchRule modulesNeedOnlyWhatTheirArrowsPointAt() {
    return classes().should(keepToTheArrows()).as("modules should need only what they may");
  }

  /** What an application depends on reaches neither the emulator nor the server below it. */
  ArchRule productionDoesNotReachTheEmulator() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            NEVER_IN_PRODUCTION.stream().map(this::packageOf).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packageOf("emulator"), "com.github.tomakehurst..", "org.wiremock..", "wiremock..")
        .allowEmptyShould(true);
  }

  ArchRule coreNeedsOnlyTheJdk() {
    return classes()
        .that()
        .resideInAPackage(packageOf(CORE))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packageOf(CORE), "java..", "org.jspecify..")
        .allowEmptyShould(true);
  }

  ArchRule tokensAndFiltersDoWithoutTheAwsSdk() {
    return noClasses()
        .that()
        .resideInAnyPackage(packageOf(CORE), packageOf("token"), packageOf("servlet"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .allowEmptyShould(true);
  }

  ArchRule failoverDoesWithoutNimbus() {
    return noClasses()
        .that()
        .resideInAPackage(packageOf("failover"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .allowEmptyShould(true);
  }

  private String packageOf(String module) {
    return module.isEmpty() ? base : base + "." + module;
  }

  /** The package below the base; null if it is not below it. */
  private String moduleOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(base)) {
      return CORE;
    }
    return name.startsWith(base + ".") ? name.substring(base.length() + 1) : null;
  }

  private ArchCondition<JavaClass> resideInAModule() {
    return new ArchCondition<>("reside in a module's package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!ARROWS.containsKey(moduleOf(type))) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " is in the package of no module"));
        }
      }
    };
  }

  private ArchCondition<JavaClass> keepToTheArrows() {
    return new ArchCondition<>("keep to the arrows") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String module = moduleOf(type);
        Set<String> allowed = ARROWS.getOrDefault(module, Set.of(CORE));
        if (allowed.equals(ANYTHING)) {
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String target = moduleOf(dependency.getTargetClass().getBaseComponentType());
          if (target != null && !target.equals(module) && !allowed.contains(target)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }
}
