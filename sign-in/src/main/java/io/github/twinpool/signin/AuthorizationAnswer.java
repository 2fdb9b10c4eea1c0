package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.twinpool.signin.AuthorizationException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an authorization response (RFC 6749, section 4.1.2; RFC 9207), each of which
 * may be there once.
 */
final class AuthorizationAnswer {
  private static final int LONGEST = 8_192;

  private final Map<String, List<String>> parameters;

  private AuthorizationAnswer(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * The answer in a raw query.
   *
   * @throws AuthorizationException if it has none
   */
  static AuthorizationAnswer of(@Nullable String query) {
    if (query == null || query.length() > LONGEST) {
      throw new AuthorizationException(Reason.MALFORMED);
    }
    AuthorizationAnswer answer = new AuthorizationAnswer(URLUtils.parseParameters(query));
    if (answer.one("state").isEmpty()
        || answer.one("code").isPresent() == answer.one("error").isPresent()) {
      throw new AuthorizationException(Reason.MALFORMED);
    }
    return answer;
  }

  String state() {
    return one("state").orElseThrow();
  }

  Optional<String> code() {
    return one("code");
  }

  Optional<String> error() {
    return one("error");
  }

  Optional<String> issuer() {
    return one("iss");
  }

  private Optional<String> one(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new AuthorizationException(Reason.MALFORMED);
    }
    return values.stream().filter(value -> !value.isBlank()).findFirst();
  }
}
