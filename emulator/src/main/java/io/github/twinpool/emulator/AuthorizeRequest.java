package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an application asks a domain for, by way of a browser: the parameters of {@code
 * /oauth2/authorize} and {@code /login}, of which client and address were checked.
 *
 * @param query the whole, as it was sent
 */
record AuthorizeRequest(
    AppClient client, String redirectUri, Optional<String> state, Parameters query) {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /**
   * What was granted.
   *
   * @param challenge the code_challenge
   */
  record Granted(Scopes scopes, Optional<String> nonce, Optional<String> challenge) {
    @Override
    public String toString() {
      return "Granted[" + scopes + "]";
    }
  }

  /**
   * Reads what must be right before anybody is sent anywhere.
   *
   * @throws OAuthError to be shown, not to be sent to an address that may be an attacker's
   */
  static AuthorizeRequest of(DomainCall call, Parameters query) {
    AppClient client =
        query
            .get("client_id")
            .flatMap(call::client)
            .filter(found -> found.oauth().enabled())
            .orElseThrow(OAuthError::invalidRequest);
    String redirectUri =
        query
            .get("redirect_uri")
            .or(client.oauth()::impliedRedirectUri)
            .orElseThrow(OAuthError::invalidRequest);
    if (!client.oauth().callbackUrls().contains(redirectUri)) {
      throw new OAuthError(400, "redirect_mismatch", "");
    }
    return new AuthorizeRequest(client, redirectUri, stateOf(query), query);
  }

  /** A state that is given twice is none that could be sent back. */
  private static Optional<String> stateOf(Parameters query) {
    try {
      return query.get("state");
    } catch (OAuthError twice) {
      return Optional.empty();
    }
  }

  /**
   * Checks the rest.
   *
   * @throws OAuthError to be sent back to the application
   */
  Granted check() {
    query.check();
    String type = query.required("response_type");
    if (!type.equals("code")) {
      throw new OAuthError("unsupported_response_type");
    }
    if (!client.oauth().allowsCodes()) {
      throw new OAuthError("unauthorized_client");
    }
    Scopes scopes = Scopes.granted(query.get("scope").orElse(""), client.oauth().scopes());
    boolean openId = scopes.contains(Scopes.OPENID);
    if (!openId && List.of("email", "phone", "profile").stream().anyMatch(scopes::contains)) {
      throw new OAuthError("invalid_scope");
    }
    return new Granted(scopes, query.get("nonce"), challenge());
  }

  private Optional<String> challenge() {
    Optional<String> challenge = query.get("code_challenge");
    Optional<String> method = query.get("code_challenge_method");
    boolean good =
        challenge.isEmpty()
            ? method.isEmpty()
            : method.filter("S256"::equals).isPresent()
                && CHALLENGE.matcher(challenge.get()).matches();
    if (!good) {
      throw OAuthError.invalidRequest();
    }
    return challenge;
  }

  /** Sends the browser back to the application with a code for whom the session is of. */
  Reply grant(DomainCall call, Granted granted, LoginSessions.Session session) {
    String code = call.freshId();
    call.pool()
        .oauth()
        .codes()
        .issue(
            code,
            new AuthorizationCode(
                client.id(),
                redirectUri,
                session.username(),
                granted.scopes(),
                granted.nonce(),
                granted.challenge(),
                session.authTime(),
                call.role(),
                call.now().plus(AuthorizationCode.LIFETIME)));
    return back(Map.of("code", code));
  }

  /** Sends the browser to the login page with the same request. */
  Reply toLogin(DomainCall call) {
    return DomainReply.redirect("/login?" + call.request().query());
  }

  /** Sends the browser back to the application with an error. */
  Reply refuse(OAuthError error) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("error", error.error());
    if (!error.description().isEmpty()) {
      parameters.put("error_description", error.description());
    }
    return back(parameters);
  }

  private Reply back(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    state.ifPresent(value -> all.put("state", value));
    return DomainReply.redirect(DomainReply.with(redirectUri, all));
  }

  @Override
  public String toString() {
    return "AuthorizeRequest[" + client.id() + "]";
  }
}
