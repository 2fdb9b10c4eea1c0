package io.github.twinpool.houserules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The rooms of the failover module: calls need the machine and the regions, regions need of the
 * machine the enums of probes, and the machine needs values only and is pure.
 */
final class FailoverRooms {
  /** Values of the public API that are more than an enum, and immutable. */
  private static final Set<String> VALUES =
      Set.of("FailoverPolicy", "FailoverPolicy$Builder", "Transition", "Evidence");

  /** What lets a class know the time, wait, or be called by two threads. */
  private static final Set<String> IMPURE =
      Set.of("java.lang.System", "java.lang.Thread", "java.lang.Runtime", "java.lang.Process");

  private static final Set<String> READS_A_CLOCK =
      Set.of("now", "systemUTC", "systemDefaultZone", "system", "tick", "tickMillis");

  private final String module;
  private final String machine;
  private final String regions;
  private final String calls;

  /**
   * @param module the module's public package
   */
  FailoverRooms(String module) {
    this.module = module;
    this.machine = module + ".internal.machine";
    this.regions = module + ".internal.regions";
    this.calls = module + ".internal.calls";
  }

  ArchRule regionsDoNotNeedCalls() {
    return noClasses()
        .that()
        .resideInAPackage(regions)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(calls);
  }

  ArchRule regionsNeedOnlyTheMachinesProbes() {
    return noClasses()
        .that()
        .resideInAPackage(regions)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are of the machine and no enum of probes",
                type ->
                    type.getPackageName().equals(machine)
                        && !(type.isEnum() && type.getSimpleName().startsWith("Probe"))));
  }

  ArchRule theMachineNeedsOnlyValues() {
    return classes()
        .that()
        .resideInAPackage(machine)
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.describe("are values", this::isForTheMachine));
  }

  private boolean isForTheMachine(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(machine)
        || name.isEmpty()
        || (name.equals(module) && isValue(type.getBaseComponentType()))
        || (!name.startsWith(module) && module.startsWith(name + "."))
        || name.equals("java.lang")
        || name.equals("java.lang.invoke")
        || name.equals("java.lang.runtime")
        || name.equals("java.util")
        || name.startsWith("java.util.function")
        || name.startsWith("java.util.stream")
        || name.equals("java.util.random")
        || name.equals("java.time")
        || type.getName().equals("java.util.concurrent.TimeUnit")
        || name.startsWith("io.github.resilience4j.circuitbreaker")
        || name.startsWith("org.jspecify");
  }

  private static boolean isValue(JavaClass type) {
    return type.isEnum()
        || VALUES.contains(type.getName().substring(type.getPackageName().length() + 1));
  }

  /** No clock, no thread. That there is no I/O and no lock follows from what it may need. */
  ArchRule theMachineIsPure() {
    return noClasses()
        .that()
        .resideInAPackage(machine)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "a clock is read or a thread is touched",
                access ->
                    IMPURE.contains(access.getTargetOwner().getName())
                        || (access.getTargetOwner().getPackageName().equals("java.time")
                            && READS_A_CLOCK.contains(access.getName()))));
  }
}
