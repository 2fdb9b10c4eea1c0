package io.github.twinpool.spring;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the secrets among Twinpool's properties from the endpoints {@code env} and {@code
 * configprops}, also where {@code show-values} is {@code always}. In any spelling that Boot binds,
 * and behind a prefix of the application's for its variables. Of an address, the query and the
 * fragment are secrets (a signed URL has its signature there), and so is what comes before an @.
 *
 * <p>A value in which such a property is set beside others is hidden as a whole: {@code
 * SPRING_APPLICATION_JSON}, a command line, options of the JVM.
 */
final class SecretsSanitizer implements SanitizingFunction {
  private static final Pattern SECRET =
      Pattern.compile(".*twinpool.*(clientsecret|stepkeys|statekeys)\\d*");
  private static final Pattern SETS_SECRET =
      Pattern.compile("twinpool.*?(clientsecret|stepkeys|statekeys)");

  @Override
  public SanitizableData apply(SanitizableData data) {
    String key = letters(data.getKey());
    Object value = data.getValue();
    String shown = value == null ? "" : value.toString();
    if (!key.contains("twinpool")) {
      return setsSecret(shown) ? data.withSanitizedValue() : data;
    }
    if (SECRET.matcher(key).matches()) {
      return data.withSanitizedValue();
    }
    String hidden = Addresses.hide(shown);
    return hidden.equals(shown) ? data : data.withValue(hidden);
  }

  /** Whether a secret property of ours, or an address with what may be a secret, is set in it. */
  private static boolean setsSecret(String value) {
    String letters = letters(value);
    int ours = letters.indexOf("twinpool");
    return ours >= 0
        && (SETS_SECRET.matcher(letters).find(ours)
            || (value.contains("://") && !Addresses.hide(value).equals(value)));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
