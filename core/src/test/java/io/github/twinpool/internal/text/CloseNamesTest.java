package io.github.twinpool.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseNamesTest {
  private static final List<String> KNOWN = List.of("id", "password", "username", "users");

  @ParameterizedTest
  @CsvSource({
    "pasword, password",
    "passwords, password",
    "passwrod, password",
    "usrname, username",
    "user, users",
    "ids, id",
    "paswrds, password"
  })
  void a_name_with_a_few_wrong_letters_is_found(String typed, String meant) {
    assertThat(CloseNames.closest(typed, KNOWN)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"port", "xyz", "pswrdxx", "''"})
  void what_is_no_misspelling_finds_nothing(String typed) {
    assertThat(CloseNames.closest(typed, KNOWN)).isEmpty();
  }

  @Test
  void of_equally_close_names_the_first_is_found() {
    assertThat(CloseNames.closest("cat", List.of("car", "cab"))).hasValue("car");
    assertThat(CloseNames.closest("cat", List.of("cab", "car"))).hasValue("cab");
  }
}
