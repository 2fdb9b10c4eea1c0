package io.github.twinpool.servlet;

import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.RejectionCode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request does not go on, as its sender is told. All texts are fixed but for the scopes,
 * which are the application's own: nothing comes from the request.
 *
 * @param code stable, for machines
 * @param detail for people
 * @param error {@code error} of RFC 6750 section 3.1, if it has one for this
 * @param scopes what the token must have, if that is known
 * @param challenge whether to ask for a token by WWW-Authenticate
 */
record Refusal(
    int status,
    String code,
    String detail,
    @Nullable String error,
    Set<String> scopes,
    boolean challenge) {

  /** RFC 6750: a request without a token learns that it takes one, and nothing about an error. */
  static final Refusal NO_TOKEN =
      new Refusal(401, "TOKEN_MISSING", "this takes a bearer token", null, Set.of(), true);

  static final Refusal TWO_TOKENS = malformed("more than one set of credentials");
  static final Refusal NOT_A_BEARER_TOKEN = malformed("the bearer token is malformed");

  static final Refusal AMBIGUOUS_PATH =
      new Refusal(
          400, "PATH_AMBIGUOUS", "the path has more than one reading", null, Set.of(), false);

  static final Refusal FOREIGN_ORIGIN =
      new Refusal(
          403, "ORIGIN_NOT_ALLOWED", "the request is from another origin", null, Set.of(), false);

  static final Refusal KEYS_UNAVAILABLE =
      new Refusal(
          503,
          "KEYS_UNAVAILABLE",
          "tokens cannot be verified for the moment",
          null,
          Set.of(),
          false);

  static final Refusal NO_GROUP = insufficient(RejectionCode.GROUP_MISSING, Set.of());

  private static Refusal malformed(String detail) {
    return new Refusal(400, "REQUEST_MALFORMED", detail, "invalid_request", Set.of(), true);
  }

  /** The token lacks one of these. What another pool's tokens must have, no client can ask for. */
  static Refusal scopeMissing(Set<String> scopes) {
    boolean askable =
        scopes.stream().noneMatch(it -> CognitoPrincipal.QUALIFIED.matcher(it).lookingAt());
    return insufficient(RejectionCode.SCOPE_MISSING, askable ? scopes : Set.of());
  }

  /** The token is no good, or not good enough. */
  static Refusal of(InvalidTokenException invalid) {
    RejectionCode code = invalid.code();
    return code.httpStatus() == 403
        ? insufficient(code, Set.of())
        : new Refusal(401, code.name(), text(code), "invalid_token", Set.of(), true);
  }

  private static Refusal insufficient(RejectionCode code, Set<String> scopes) {
    return new Refusal(403, code.name(), text(code), "insufficient_scope", scopes, true);
  }

  /** "token expired" and the like: whatever codes there will be, none needs quoting. */
  private static String text(RejectionCode code) {
    String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.contains("token") ? words : "token: " + words;
  }
}
