package io.github.twinpool.houserules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Those of the house rules on single types that bytecode shows: 4, 5 and parts of 7 and 11. */
final class HouseRules {
  private static final Set<Class<?>> MUTABLE =
      Set.of(ThreadLocal.class, ConcurrentMap.class, StringBuilder.class, Random.class);

  private HouseRules() {}

  // Rule 7: what is public.

  static ArchRule publicTypesAreInterfacesExceptionsOrFinal() {
    return classes()
        .that(describe("are public", HouseRules::isPublic))
        .should(
            ArchCondition.from(
                describe(
                    "be interfaces, exceptions or final",
                    type -> isException(type) || isClosed(type))));
  }

  // Rule 11: exceptions are unchecked.

  static ArchRule exceptionsAreUnchecked() {
    return classes()
        .that()
        .areAssignableTo(Throwable.class)
        .should()
        .beAssignableTo(RuntimeException.class)
        .allowEmptyShould(true);
  }

  // Rule 4: no static mutable state, no service look-up.

  static ArchRule staticFieldsDoNotChange() {
    return fields()
        .that()
        .areStatic()
        .should(
            ArchCondition.from(
                describe("be final and hold no mutable thing", HouseRules::isConstant)))
        .allowEmptyShould(true);
  }

  static ArchRule noClassLooksUpServices() {
    return noClasses().should().dependOnClassesThat().areAssignableTo(ServiceLoader.class);
  }

  // Rule 5: time and randomness arrive through the constructor.

  static ArchRule timeAndRandomnessComeFromBuilders() {
    return noClasses()
        .that(describe("are no builders and no programs", type -> !mayReadTheClock(type)))
        .should()
        .accessTargetWhere(
            describe(
                "reads a clock, sleeps or draws lots",
                access -> isTimeOrChance(access) && !isForItsBuilder(access)));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(HouseRules::isPublic).orElse(true);
  }

  private static boolean isException(JavaClass type) {
    return type.isAssignableTo(RuntimeException.class);
  }

  /** An enum whose constants have bodies is sealed by the compiler. */
  private static boolean isClosed(JavaClass type) {
    return type.isInterface()
        || type.isEnum()
        || type.getModifiers().contains(JavaModifier.FINAL)
        || type.reflect().isSealed();
  }

  private static boolean isConstant(JavaField field) {
    JavaClass type = field.getRawType();
    return field.getModifiers().contains(JavaModifier.SYNTHETIC)
        || (field.getModifiers().contains(JavaModifier.FINAL)
            && !type.getPackageName().equals("java.util.concurrent.atomic")
            && MUTABLE.stream().noneMatch(type::isAssignableTo));
  }

  private static boolean mayReadTheClock(JavaClass type) {
    return isBuilder(type)
        || isProgram(type)
        || type.getEnclosingClass().map(HouseRules::mayReadTheClock).orElse(false);
  }

  /** A name makes no builder: {@code XBuilder} or {@code X.Builder} must make an X. */
  private static boolean isBuilder(JavaClass type) {
    String name = type.getSimpleName();
    String made =
        name.equals("Builder")
            ? type.getEnclosingClass().map(JavaClass::getName).orElse("")
            : type.getName().replaceFirst("Builder$", "");
    return name.endsWith("Builder")
        && type.getMethods().stream()
            .anyMatch(method -> method.getRawReturnType().getName().equals(made));
  }

  /** Programs are the places where real time and chance come in at last. */
  private static boolean isProgram(JavaClass type) {
    return type.tryGetMethod("main", String[].class).isPresent()
        && type.getPackageName().matches(".*\\.(emulator|examples|benchmarks)");
  }

  /**
   * A builder may leave it to another class of its package to fill in its defaults, if the builder
   * is handed over and only it calls.
   */
  private static boolean isForItsBuilder(JavaAccess<?> access) {
    JavaCodeUnit origin = access.getOrigin();
    return origin.getRawParameterTypes().stream()
        .anyMatch(
            type ->
                isBuilder(type)
                    && type.getPackageName().equals(origin.getOwner().getPackageName())
                    && isCalledOnlyBy(type, origin));
  }

  private static boolean isCalledOnlyBy(JavaClass caller, JavaCodeUnit called) {
    return !called.getAccessesToSelf().isEmpty()
        && called.getAccessesToSelf().stream()
            .allMatch(call -> call.getOriginOwner().equals(caller));
  }

  private static boolean isTimeOrChance(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (name.equals("<init>")) {
      return (owner.isEquivalentTo(Random.class) || owner.isEquivalentTo(Date.class))
          && access.getTarget().getFullName().endsWith("<init>()");
    }
    return (owner.isEquivalentTo(System.class) && name.matches("nanoTime|currentTimeMillis"))
        || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
        || (owner.isEquivalentTo(TimeUnit.class) && name.equals("sleep"))
        || (owner.isEquivalentTo(Math.class) && name.equals("random"))
        || (owner.isEquivalentTo(ThreadLocalRandom.class) && name.equals("current"))
        || (owner.isEquivalentTo(Clock.class) && name.matches("system.*|tick.*"))
        || (owner.getName().equals("java.time.InstantSource") && name.equals("system"))
        || (owner.getPackageName().equals("java.time") && name.equals("now"));
  }
}
