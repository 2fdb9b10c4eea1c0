package io.github.twinpool.houserules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a rule finds, by the first class or member that each violation names. */
final class Violations {
  private Violations() {}

  /**
   * Evaluates a rule.
   *
   * @param base the package below which names are read; they are told without it
   * @return the violations by what they name, sorted
   */
  static Map<String, List<String>> of(ArchRule rule, JavaClasses classes, String base) {
    Pattern named = Pattern.compile(Pattern.quote(base) + "\\.([\\w.$]+)");
    return rule.evaluate(classes).getFailureReport().getDetails().stream()
        .collect(
            Collectors.groupingBy(
                violation -> firstNamed(named, violation), TreeMap::new, Collectors.toList()));
  }

  private static String firstNamed(Pattern named, String violation) {
    Matcher matcher = named.matcher(violation);
    return matcher.find() ? matcher.group(1) : violation;
  }
}
