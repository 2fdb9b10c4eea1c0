package io.github.twinpool.houserules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arrows of the architecture, by package: which module may need which, and which packages are
 * closed to others. House rules 2 and 6.
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
          Map.entry("examples.boot", ANYTHING),
          Map.entry("examples.jetty", ANYTHING),
          Map.entry("benchmarks", ANYTHING));

  private static final Set<String> NEVER_IN_PRODUCTION =
      Set.of(
          "emulator",
          "cli",
          "spring.test",
          "examples",
          "examples.boot",
          "examples.jetty",
          "benchmarks");

  /**
   * Who may use an {@code internal} package of another module, besides core's, which are for all:
   * "module -> module". Each with its reason.
   */
  private static final Set<String> MAY_USE_INTERNALS = Set.of();

  private final String base;

  /**
   * @param base the package of core
   */
  ModuleArrows(String base) {
    this.base = base;
  }

  /** A module's packages are its public one and those below {@code internal}. */
  ArchRule everyPackageIsOfAModule() {
    return classes()
        .should(
            new ArchCondition<>("reside in a module's package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (!ARROWS.containsKey(moduleOf(type))) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getName() + " is in the package of no module"));
                }
              }
            });
  }

  ArchRule modulesNeedOnlyWhatTheirArrowsPointAt() {
    return classes()
        .should(
            new OnOtherModules("keep to the arrows") {
              @Override
              boolean isAllowed(String module, String target, JavaClass used) {
                Set<String> allowed = ARROWS.getOrDefault(module, Set.of(CORE));
                return allowed.equals(ANYTHING) || allowed.contains(target);
              }
            });
  }

  ArchRule internalPackagesAreForTheirModule() {
    return classes()
        .should(
            new OnOtherModules("use no internal package of another module but core's") {
              @Override
              boolean isAllowed(String module, String target, JavaClass used) {
                return target.equals(CORE)
                    || !isInternal(used)
                    || MAY_USE_INTERNALS.contains(module + " -> " + target);
              }
            });
  }

  /**
   * Dependencies between packages run one way. A module's public package holds its values, which
   * its internals use, and its doors, which need its internals: only the latter are left out.
   */
  static ArchRule packagesHaveNoCycles() {
    return SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            DescribedPredicate.describe("a public package", type -> !isInternal(type)),
            DescribedPredicate.describe("an internal one", ModuleArrows::isInternal));
  }

  /** Or else the exception for doors in {@link #packagesHaveNoCycles()} would hide a cycle. */
  ArchRule internalsDoNotNeedTheDoors() {
    return classes()
        .that(DescribedPredicate.describe("are internal", ModuleArrows::isInternal))
        .should(
            new ArchCondition<>("not need what their module's public package makes of them") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                  JavaClass used = dependency.getTargetClass().getBaseComponentType();
                  if (isDoor(used, moduleOf(type))) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                  }
                }
              }
            });
  }

  /** A public type that needs an internal one. An enum is a value, whatever its methods look up. */
  private boolean isDoor(JavaClass type, String module) {
    return module != null
        && module.equals(moduleOf(type))
        && !isInternal(type)
        && !type.isEnum()
        && type.getDirectDependenciesFromSelf().stream()
            .map(it -> it.getTargetClass().getBaseComponentType())
            .anyMatch(it -> isInternal(it) && module.equals(moduleOf(it)));
  }

  /** What an application depends on reaches neither the emulator nor the server below it. */
  ArchRule productionDoesNotReachTheEmulator() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packagesOf(NEVER_IN_PRODUCTION))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packagesOf(
                List.of("emulator"), "com.github.tomakehurst..", "org.wiremock..", "wiremock.."))
        .allowEmptyShould(true);
  }

  ArchRule coreNeedsOnlyTheJdkAndSlf4j() {
    return classes()
        .that()
        .resideInAnyPackage(packagesOf(List.of(CORE)))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packagesOf(List.of(CORE), "java..", "org.jspecify..", "org.slf4j.."))
        .allowEmptyShould(true);
  }

  ArchRule tokensAndFiltersDoWithoutTheAwsSdk() {
    return noClasses()
        .that()
        .resideInAnyPackage(packagesOf(List.of(CORE, "token", "servlet")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .allowEmptyShould(true);
  }

  ArchRule failoverDoesWithoutNimbus() {
    return noClasses()
        .that()
        .resideInAnyPackage(packagesOf(List.of("failover")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .allowEmptyShould(true);
  }

  private String[] packagesOf(Collection<String> modules, String... others) {
    return Stream.concat(
            modules.stream()
                .map(module -> module.isEmpty() ? base : base + "." + module)
                .flatMap(name -> Stream.of(name, name + ".internal..")),
            Arrays.stream(others))
        .toArray(String[]::new);
  }

  /** The module's package below the base; null if it is not below it. */
  private String moduleOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(base)) {
      return CORE;
    }
    return name.startsWith(base + ".")
        ? name.substring(base.length() + 1).replaceFirst("(^|\\.)internal(\\.[\\w.]+)?$", "")
        : null;
  }

  private static boolean isInternal(JavaClass type) {
    return ("." + type.getPackageName() + ".").contains(".internal.");
  }

  /** Judges every dependency on a class of ours in another module. */
  private abstract class OnOtherModules extends ArchCondition<JavaClass> {
    OnOtherModules(String description) {
      super(description);
    }

    abstract boolean isAllowed(String module, String target, JavaClass used);

    @Override
    public final void check(JavaClass type, ConditionEvents events) {
      String module = moduleOf(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass().getBaseComponentType();
        String target = moduleOf(used);
        if (target != null && !target.equals(module) && !isAllowed(module, target, used)) {
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    }
  }
}
