package io.github.twinpool.spring;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the secrets among Twinpool's properties from the endpoints {@code env} and {@code
 * configprops}, also where {@code show-values} is {@code always}. In any spelling that Boot binds.
 * Of an address, the query and the fragment are secrets (a signed URL has its signature there), and
 * so is what comes before an @.
 */
final class SecretsSanitizer implements SanitizingFunction {
  private static final Pattern SECRET =
      Pattern.compile("twinpool.*(clientsecret|stepkeys|statekeys)\\d*");

  @Override
  public SanitizableData apply(SanitizableData data) {
    String key = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (!key.startsWith("twinpool")) {
      return data;
    }
    if (SECRET.matcher(key).matches()) {
      return data.withSanitizedValue();
    }
    Object value = data.getValue();
    String shown = value == null ? "" : value.toString();
    String hidden = Addresses.hide(shown);
    return hidden.equals(shown) ? data : data.withValue(hidden);
  }
}
