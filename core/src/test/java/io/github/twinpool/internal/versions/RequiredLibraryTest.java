package io.github.twinpool.internal.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.twinpool.IncompatibleLibraryException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredLibraryTest {
  private static final String TEST = "org.junit.jupiter.api.Test";
  private static final String ASSERT = "org.junit.jupiter.api.Assertions";

  private static void check(String anyClass, String... needs) {
    new RequiredLibrary("org.junit.jupiter:junit-jupiter-api", "99.0", List.of(needs))
        .check(RequiredLibraryTest.class.getClassLoader(), anyClass);
  }

  @Test
  void what_has_everything_passes() {
    assertThatCode(() -> check(TEST, TEST, ASSERT + "#fail")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.junit.jupiter.api.OfTheFuture",
        "org.junit.jupiter.api.Assertions#ofTheFuture"
      })
  void what_lacks_something_is_told_with_what_is_needed_and_what_was_found(String need) {
    IncompatibleLibraryException refusal =
        catchThrowableOfType(IncompatibleLibraryException.class, () -> check(TEST, ASSERT, need));
    assertThat(refusal.library()).isEqualTo("org.junit.jupiter:junit-jupiter-api");
    assertThat(refusal.needed()).isEqualTo("99.0");
    assertThat(refusal.found()).matches("junit-jupiter-api-[0-9.]+\\.jar");
    assertThat(refusal)
        .hasMessage(
            "Twinpool needs org.junit.jupiter:junit-jupiter-api 99.0 or newer, and found "
                + refusal.found()
                + ", which lacks "
                + need);
  }

  @Test
  void a_library_that_is_not_there_at_all_is_nothing() {
    assertThat(
            catchThrowableOfType(
                    IncompatibleLibraryException.class, () -> check("no.such.Class", "no.such.One"))
                .found())
        .isEqualTo("nothing");
  }
}
