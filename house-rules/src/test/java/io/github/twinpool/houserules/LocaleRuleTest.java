package io.github.twinpool.houserules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.twinpool.houserules.Production.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Calendar;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Codes, numbers, dates, charts and reports are the same in every locale: what formats names its
 * locale. In {@code ar-EG}, {@code fa-IR} or {@code mr-IN}, {@code %d} has other digits than 0 to
 * 9.
 */
class LocaleRuleTest {
  /** What takes the default locale unless one is among its arguments. */
  private static final Map<Class<?>, String> FORMATTING =
      Map.ofEntries(
          Map.entry(String.class, "format|formatted|toUpperCase|toLowerCase"),
          Map.entry(PrintStream.class, "printf|format"),
          Map.entry(PrintWriter.class, "printf|format"),
          Map.entry(Console.class, "printf|format"),
          Map.entry(Formatter.class, "<init>"),
          Map.entry(DateTimeFormatter.class, "ofPattern|ofLocalized.*"),
          Map.entry(DateTimeFormatterBuilder.class, "toFormatter"),
          Map.entry(NumberFormat.class, "get.*Instance"),
          Map.entry(DecimalFormat.class, "<init>"),
          Map.entry(DecimalFormatSymbols.class, "<init>|getInstance"),
          Map.entry(DateFormat.class, "get.*Instance"),
          Map.entry(SimpleDateFormat.class, "<init>"),
          Map.entry(MessageFormat.class, "<init>|format"),
          Map.entry(Collator.class, "getInstance"),
          Map.entry(Calendar.class, "getInstance"),
          Map.entry(Locale.class, "getDefault"));

  private static ArchRule whatFormatsNamesItsLocale() {
    return noClasses()
        .should()
        .accessTargetWhere(
            describe("takes the default locale", LocaleRuleTest::takesTheDefaultLocale));
  }

  private static boolean takesTheDefaultLocale(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .noneMatch(
                type ->
                    type.isEquivalentTo(Locale.class)
                        || type.isEquivalentTo(DecimalFormatSymbols.class))
        && FORMATTING.entrySet().stream()
            .anyMatch(
                it ->
                    target.getOwner().isAssignableTo(it.getKey())
                        && target.getName().matches(it.getValue()));
  }

  @Test
  void whatever_formats_names_its_locale() {
    whatFormatsNamesItsLocale().check(Production.CLASSES);
  }

  @Test
  void every_way_to_the_default_locale_is_found() {
    String bad = BASE + ".houserules.bad";
    Pattern method = Pattern.compile(Pattern.quote(bad) + "\\.Locales\\.(\\w+)");
    assertThat(
            whatFormatsNamesItsLocale()
                .evaluate(new ClassFileImporter().importPackages(bad))
                .getFailureReport()
                .getDetails()
                .stream()
                .map(method::matcher)
                .map(it -> it.find() ? it.group(1) : "")
                .distinct())
        .containsExactlyInAnyOrder(
            "format",
            "formatted",
            "print",
            "lowerCase",
            "upperCaseReference",
            "newFormatter",
            "date",
            "number",
            "decimal",
            "here");
  }
}
