package io.github.twinpool.signin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one browser's sign-in begins. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * AuthorizationRequest.returningTo("/orders").identityProvider("Google")
 * }</pre>
 */
public final class AuthorizationRequest {
  static final int LONGEST_TARGET = 1_000;
  private static final int LONGEST = 512;

  private final String returnTarget;
  private final Map<String, String> parameters;

  private AuthorizationRequest(String returnTarget, Map<String, String> parameters) {
    this.returnTarget = returnTarget;
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * A request.
   *
   * @param target where the application sends the browser in the end: a path of its own, like
   *     {@code /orders?page=2}, or an address at an allowed origin. It may come from the browser:
   *     {@link AuthorizationCodeFlow#start} checks it and percent-encodes what a URI cannot hold.
   *     Its path must have one reading only: no empty segment, {@code .} or {@code ..}, no
   *     semicolon or backslash, no encoded slash, dot, semicolon, backslash or percent sign, no
   *     control characters. A target of more than {@value #LONGEST_TARGET} characters, once
   *     encoded, does not fit into the cookie: the sign-in then begins without it, and returns to
   *     {@code /}.
   */
  public static AuthorizationRequest returningTo(String target) {
    return new AuthorizationRequest(target, Map.of());
  }

  /**
   * Skips the managed login page: {@code Google}, or the name of a SAML or OIDC provider.
   *
   * @throws IllegalArgumentException if it has not 1 to {@value #LONGEST} characters
   */
  public AuthorizationRequest identityProvider(String name) {
    return with("identity_provider", name);
  }

  /**
   * The same by an identifier of the provider, the domain of an e-mail address for one.
   *
   * @throws IllegalArgumentException if it has not 1 to {@value #LONGEST} characters
   */
  public AuthorizationRequest identityProviderIdentifier(String identifier) {
    return with("idp_identifier", identifier);
  }

  /**
   * The user name that the login page starts with.
   *
   * @throws IllegalArgumentException if it has not 1 to {@value #LONGEST} characters
   */
  public AuthorizationRequest loginHint(String username) {
    return with("login_hint", username);
  }

  /**
   * {@code none}, {@code login}, {@code select_account} or {@code consent}.
   *
   * @throws IllegalArgumentException if it has not 1 to {@value #LONGEST} characters
   */
  public AuthorizationRequest prompt(String prompt) {
    return with("prompt", prompt);
  }

  /**
   * The language of the login page: {@code de} for one.
   *
   * @throws IllegalArgumentException if it has not 1 to {@value #LONGEST} characters
   */
  public AuthorizationRequest language(String language) {
    return with("lang", language);
  }

  private AuthorizationRequest with(String name, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(name + ": wants 1 to " + LONGEST + " characters");
    }
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(name, value);
    return new AuthorizationRequest(returnTarget, changed);
  }

  String returnTarget() {
    return returnTarget;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return "AuthorizationRequest" + parameters.keySet();
  }
}
