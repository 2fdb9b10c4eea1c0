package io.github.twinpool.houserules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares each published module's public API with {@code api/<module>.txt}. It warns, fails with
 * {@code -Dtwinpool.api=fail}, and writes the files anew with {@code -Dtwinpool.api=write}.
 */
public class PublicApiTest {
  private static final String HEAD =
      "Public and protected types and members outside internal packages; made by PublicApiTest.";

  /** The published modules that have classes, by their public packages. */
  private static final Map<String, String> MODULES =
      new TreeMap<>(
          Map.of(
              "core", Production.BASE,
              "failover", Production.BASE + ".failover",
              "token-validation", Production.BASE + ".token",
              "sign-in", Production.BASE + ".signin",
              "operations", Production.BASE + ".operations",
              "servlet-filter", Production.BASE + ".servlet",
              "emulator", Production.BASE + ".emulator",
              "spring-boot-autoconfigure", Production.BASE + ".spring",
              "spring-boot-test", Production.BASE + ".spring.test"));

  private static final Set<String> WITHOUT_CLASSES =
      Set.of("spring-boot-starter", "spring-boot-starter-resource-server");

  @Test
  void each_published_module_has_the_public_api_that_its_file_lists() throws Exception {
    Check check = Check.of("twinpool.api");
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      List<String> now = PublicApi.of(publicTypes(module.getValue()));
      assertThat(now).as(module.getKey()).isNotEmpty();
      Path file = Project.root().resolve("api/" + module.getKey() + ".txt");
      differences.addAll(compared(check, file, now));
    }
    check.tell(differences, "To accept this public API");
  }

  @Test
  void every_module_of_the_bom_has_a_list_unless_it_has_no_classes() throws Exception {
    List<String> published =
        Pattern.compile("<artifactId>twinpool-([a-z-]+)</artifactId>")
            .matcher(Files.readString(Project.root().resolve("bom/pom.xml")))
            .results()
            .map(match -> match.group(1))
            .filter(module -> !module.equals("bom") && !WITHOUT_CLASSES.contains(module))
            .toList();
    assertThat(published).containsExactlyInAnyOrderElementsOf(MODULES.keySet());
  }

  @Test
  void every_visible_type_and_member_is_one_line() {
    assertThat(PublicApi.of(nested(Before.class)))
        .containsExactly(
            "io.github.twinpool.houserules.PublicApiTest.Before : "
                + "public static abstract class<T extends Number> "
                + "implements java.util.function.Supplier<T>",
            "io.github.twinpool.houserules.PublicApiTest.Before#NAMES : "
                + "public static final java.util.List<? extends CharSequence>",
            "io.github.twinpool.houserules.PublicApiTest.Before#find(String, int...) : "
                + "public @Nullable String",
            "io.github.twinpool.houserules.PublicApiTest.Before#new(java.util.Map<String, "
                + "@Nullable Object>) : protected",
            "io.github.twinpool.houserules.PublicApiTest.Before#sort(E[]) : "
                + "public static <E extends Comparable<? super E>> void",
            "io.github.twinpool.houserules.PublicApiTest.Before#take() : protected void",
            "io.github.twinpool.houserules.PublicApiTest.Before.Kind : public enum",
            "io.github.twinpool.houserules.PublicApiTest.Before.Kind#ONE : enum constant",
            "io.github.twinpool.houserules.PublicApiTest.Before.Point : public record",
            "io.github.twinpool.houserules.PublicApiTest.Before.Point#new(int) : public",
            "io.github.twinpool.houserules.PublicApiTest.Before.Point#x() : public int");
  }

  @Test
  void what_is_inherited_from_a_type_that_cannot_be_seen_is_listed() {
    assertThat(PublicApi.of(List.of(Heir.class)))
        .contains("io.github.twinpool.houserules.PublicApiTest.Heir#inherited() : public void");
  }

  @Test
  void a_removed_a_changed_and_an_added_method_are_told(@TempDir Path root) throws Exception {
    Path file = root.resolve("api/module.txt");
    List<String> before = PublicApi.of(List.of(Before.class));
    List<String> after =
        PublicApi.of(List.of(After.class)).stream()
            .map(line -> line.replace("PublicApiTest.After", "PublicApiTest.Before"))
            .toList();
    compared(new Check("api", "write", text -> {}), file, before);

    List<String> warnings = new ArrayList<>();
    Check warning = new Check("api", "warn", warnings::add);
    assertThat(compared(warning, file, before)).isEmpty();
    warning.tell(compared(warning, file, after), "To accept it");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).lines().map(it -> it.replaceFirst("io.*PublicApiTest\\.", "")))
        .containsSequence(
            "[WARNING] api/module.txt differs:",
            "[WARNING] - Before#find(String, int...) : public @Nullable String",
            "[WARNING] + Before#find(String, int...) : public String",
            "[WARNING] + Before#put() : protected void",
            "[WARNING] - Before#take() : protected void");

    Check failing = new Check("api", "fail", warnings::add);
    assertThatThrownBy(() -> failing.tell(compared(failing, file, after), "To accept it"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("#put()")
        .hasMessageContaining("-Dapi=write");
    failing.tell(compared(failing, file, before), "To accept it");
  }

  private static List<String> compared(Check check, Path file, List<String> now)
      throws IOException {
    if (check.writes()) {
      Check.write(file, HEAD, now);
    }
    List<String> differences = new ArrayList<>(PublicApi.difference(Check.read(file), now));
    if (!differences.isEmpty()) {
      differences.add(0, "api/" + file.getFileName() + " differs:");
    }
    return differences;
  }

  private static List<Class<?>> publicTypes(String packageName) throws ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (JavaClass type : Production.CLASSES) {
      if (type.getPackageName().equals(packageName) && !type.isAnonymousClass()) {
        types.add(Class.forName(type.getName(), false, PublicApiTest.class.getClassLoader()));
      }
    }
    return types;
  }

  private static List<Class<?>> nested(Class<?> type) {
    List<Class<?>> types = new ArrayList<>(List.of(type.getDeclaredClasses()));
    types.add(type);
    return types;
  }

  // ---- what is listed

  public abstract static class Before<T extends Number> implements java.util.function.Supplier<T> {
    public static final List<? extends CharSequence> NAMES = List.of();
    static final int HIDDEN = 1;

    protected Before(Map<String, @Nullable Object> values) {}

    public @Nullable String find(String name, int... numbers) {
      return null;
    }

    public static <E extends Comparable<? super E>> void sort(E[] all) {}

    protected void take() {}

    void hidden() {}

    @Override
    public String toString() {
      return "";
    }

    public enum Kind {
      ONE
    }

    public record Point(int x) {}

    static final class Hidden {
      public void seen() {}
    }
  }

  public abstract static class After<T extends Number> implements java.util.function.Supplier<T> {
    public static final List<? extends CharSequence> NAMES = List.of();

    protected After(Map<String, @Nullable Object> values) {}

    public String find(String name, int... numbers) {
      return "";
    }

    public static <E extends Comparable<? super E>> void sort(E[] all) {}

    protected void put() {}
  }

  abstract static class Ancestor {
    public void inherited() {}
  }

  public static final class Heir extends Ancestor {}
}
