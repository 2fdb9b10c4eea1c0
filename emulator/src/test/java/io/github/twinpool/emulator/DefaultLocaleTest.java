package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.SentMessage.Medium;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets the default locale")
class DefaultLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN"})
  void codes_have_ascii_digits_in_every_locale(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(Totp.code("JBSWY3DPEHPK3PXP", 1)).matches("[0-9]{6}");
    assertThat(CodeDelivery.simulated("ada", Medium.SMS).maskedDestination())
        .matches("\\+\\*{7}[0-9]{4}");
  }
}
