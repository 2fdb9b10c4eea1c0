package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.List;
import java.util.Optional;

/** {@code /login}: the page, and what is typed into it. */
final class LoginEndpoint {
  private static final String WRONG = "Incorrect username or password.";

  private LoginEndpoint() {}

  static Reply show(DomainCall call) {
    AuthorizeRequest request = AuthorizeRequest.of(call, Parameters.parse(call.request().query()));
    try {
      request.check();
      String hint = request.query().get("login_hint").orElse("");
      return page(call, request, hint, "");
    } catch (OAuthError error) {
      return request.refuse(error);
    }
  }

  static Reply submit(DomainCall call) {
    AuthorizeRequest request = AuthorizeRequest.of(call, Parameters.parse(call.request().query()));
    Parameters form = Parameters.form(call.request());
    if (!call.isOwnForm(form)) {
      return DomainReply.page(403, LoginPage.error("The form was not made for this browser."));
    }
    AuthorizeRequest.Granted granted;
    try {
      granted = request.check();
    } catch (OAuthError error) {
      return request.refuse(error);
    }
    String typed = form.get("username").orElse("");
    String password = form.get("password").orElse("");
    if (!request.client().oauth().allowsPasswords() || typed.isEmpty() || password.isEmpty()) {
      return page(call, request, typed, WRONG);
    }
    SignInAttempt attempt =
        SignInAttempt.atLoginPage(call.call(), call.pool(), request.client(), typed);
    try {
      PasswordCheck.check(attempt, password);
    } catch (WireError error) {
      return page(call, request, typed, error.text());
    }
    return signedIn(call, request, granted, attempt);
  }

  private static Reply signedIn(
      DomainCall call,
      AuthorizeRequest request,
      AuthorizeRequest.Granted granted,
      SignInAttempt attempt) {
    UserRecord user = attempt.user();
    Optional<String> obstacle = obstacle(attempt, user);
    if (obstacle.isPresent()) {
      return DomainReply.page(400, LoginPage.error(obstacle.get()));
    }
    return begin(
        call,
        request,
        granted,
        new LoginSessions.Session(
            user.username(), OAuthSettings.COGNITO, call.role(), call.now(), Optional.empty()));
  }

  /** Begins the browser's session and sends it back to the application. */
  static Reply begin(
      DomainCall call,
      AuthorizeRequest request,
      AuthorizeRequest.Granted granted,
      LoginSessions.Session session) {
    String id = call.freshId();
    call.endSession();
    call.pool().oauth().sessions().begin(id, session);
    return DomainReply.withCookie(request.grant(call, granted, session), call.sessionCookie(), id);
  }

  /** What managed login would ask next, and this one does not. */
  private static Optional<String> obstacle(SignInAttempt attempt, UserRecord user) {
    return switch (user.status()) {
      case CONFIRMED ->
          MfaChallenges.isWanted(attempt)
              ? Optional.of("The emulator's managed login does no second factors.")
              : Optional.empty();
      case UNCONFIRMED -> Optional.of("User is not confirmed.");
      case EXTERNAL_PROVIDER -> Optional.of(WRONG);
      case RESET_REQUIRED, FORCE_CHANGE_PASSWORD ->
          Optional.of("The emulator's managed login sets no passwords.");
    };
  }

  private static Reply page(
      DomainCall call, AuthorizeRequest request, String username, String complaint) {
    String cookie = call.cookie(call.csrfCookie()).orElseGet(call::freshId);
    List<String> providers =
        request.client().oauth().providers().stream()
            .filter(name -> !name.equals(OAuthSettings.COGNITO))
            .toList();
    String html =
        LoginPage.form(
            call.request().query(), providers, call.csrfToken(cookie), username, complaint);
    return DomainReply.withCookie(DomainReply.page(200, html), call.csrfCookie(), cookie);
  }
}
