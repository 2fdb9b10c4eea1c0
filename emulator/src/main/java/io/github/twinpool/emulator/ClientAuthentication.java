package io.github.twinpool.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Which app client calls an endpoint: client_secret_basic, client_secret_post, or public. */
final class ClientAuthentication {
  private static final String BASIC = "basic ";
  private static final int LONGEST = 1_024;

  private ClientAuthentication() {}

  /**
   * The client, which has proved to be one if it has a secret.
   *
   * @throws OAuthError invalid_client, invalid_request
   */
  static AppClient of(DomainCall call, Parameters form) {
    String header = call.request().header("authorization");
    Optional<String> posted = form.get("client_secret");
    if (header.isEmpty()) {
      return check(call, form.get("client_id"), posted);
    }
    if (posted.isPresent()) {
      throw OAuthError.invalidRequest(); // RFC 6749 2.3: not more than one method
    }
    String[] basic = basic(header);
    Optional<String> named = form.get("client_id");
    if (named.isPresent() && !named.get().equals(basic[0])) {
      throw invalidClient();
    }
    return check(call, Optional.of(basic[0]), Optional.of(basic[1]));
  }

  private static AppClient check(DomainCall call, Optional<String> id, Optional<String> secret) {
    AppClient client = id.flatMap(call::client).orElseThrow(ClientAuthentication::invalidClient);
    if (!client.secrets().accept(secret)) {
      throw invalidClient();
    }
    return client;
  }

  /** Both parts are encoded as in a form. (Source: RFC 6749 2.3.1.) */
  private static String[] basic(String header) {
    if (header.length() > LONGEST || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw invalidClient();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      if (parts.length == 2) {
        return new String[] {Parameters.decoded(parts[0]), Parameters.decoded(parts[1])};
      }
    } catch (IllegalArgumentException | OAuthError e) {
      throw invalidClient();
    }
    throw invalidClient();
  }

  private static OAuthError invalidClient() {
    return new OAuthError("invalid_client");
  }
}
