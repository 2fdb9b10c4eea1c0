package io.github.twinpool.houserules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a package must be like. House rules 2 and 11. */
final class Packages {
  private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

  private Packages() {}

  /**
   * The packages that hold more top-level types than they may, with both numbers.
   *
   * @param limit how many a package may hold
   * @param larger the limits of packages that were larger when the rule came
   */
  static List<String> tooLarge(JavaClasses classes, int limit, Map<String, Integer> larger) {
    return typesPerPackage(classes).entrySet().stream()
        .filter(it -> it.getValue() > larger.getOrDefault(it.getKey(), limit))
        .map(
            it ->
                "%s holds %d types; at most %d are allowed"
                    .formatted(it.getKey(), it.getValue(), larger.getOrDefault(it.getKey(), limit)))
        .toList();
  }

  /** The packages of a list of larger ones that have become small enough to leave it. */
  static List<String> smallEnough(JavaClasses classes, int limit, Map<String, Integer> larger) {
    Map<String, Long> sizes = typesPerPackage(classes);
    return larger.keySet().stream()
        .filter(it -> sizes.getOrDefault(it, 0L) <= limit)
        .sorted()
        .toList();
  }

  private static Map<String, Long> typesPerPackage(JavaClasses classes) {
    return classes.stream()
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !isPackageInfo(type))
        .collect(
            Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
  }

  /** The packages without a package-info that says {@code @NullMarked}. */
  static List<String> notNullMarked(JavaClasses classes) {
    var marked =
        classes.stream()
            .filter(type -> isPackageInfo(type) && type.isAnnotatedWith(NULL_MARKED))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    return classes.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> !marked.contains(name))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }
}
