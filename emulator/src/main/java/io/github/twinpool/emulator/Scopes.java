package io.github.twinpool.emulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** OAuth 2.0 scopes in the order in which they were asked for. Immutable. */
record Scopes(List<String> names) {
  static final String OPENID = "openid";

  /** What lets an access token use the API. */
  static final String API = "aws.cognito.signin.user.admin";

  /** The scopes that every pool has. */
  static final Set<String> STANDARD = Set.of(OPENID, "email", "phone", "profile", API);

  private static final Pattern NAME = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
  private static final Set<String> EMAIL = Set.of("email", "email_verified");
  private static final Set<String> PHONE = Set.of("phone_number", "phone_number_verified");

  Scopes {
    names = List.copyOf(new LinkedHashSet<>(names));
  }

  /** The scopes in a text, separated by spaces. */
  static Scopes of(String text) {
    List<String> names = new ArrayList<>(List.of(text.split(" ", -1)));
    names.removeIf(String::isEmpty);
    return new Scopes(names);
  }

  /**
   * What a client is granted: what it asks for, or all that it may ask for.
   *
   * @throws OAuthError invalid_scope
   */
  static Scopes granted(String asked, List<String> allowed) {
    Scopes wanted = of(asked);
    if (wanted.names.isEmpty()) {
      return new Scopes(allowed);
    }
    // The developer guide has foreign scopes ignored in one place and refused in another.
    boolean good =
        wanted.names.stream()
            .allMatch(name -> NAME.matcher(name).matches() && allowed.contains(name));
    if (!good) {
      throw new OAuthError("invalid_scope");
    }
    return wanted;
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /**
   * Whether an attribute is among the claims that these scopes give. {@code openid} alone gives
   * all. (Source: Cognito developer guide, the user attributes endpoint.)
   */
  boolean show(String attribute) {
    boolean all = !contains("email") && !contains("phone") && !contains("profile");
    if (all) {
      return true;
    }
    if (EMAIL.contains(attribute)) {
      return contains("email");
    }
    return PHONE.contains(attribute)
        ? contains("phone")
        : contains("profile") || attribute.equals("identities");
  }

  @Override
  public String toString() {
    return String.join(" ", names);
  }
}
