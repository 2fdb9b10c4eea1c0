package io.github.twinpool.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a browser may be sent after its sign-in: to a path of the application, or to an allowed
 * origin. Strict, since browsers are lenient: they take a backslash for a slash and drop tabs.
 */
final class ReturnTargets {
  private static final int LONGEST = 1_000;
  private static final Pattern PRINTABLE =
      Pattern.compile("[\\x21-\\x7E&&[^\\\\]]{1," + LONGEST + "}");

  private final Origins origins;

  ReturnTargets(Origins origins) {
    this.origins = origins;
  }

  /**
   * The target, if it is allowed.
   *
   * @throws AuthorizationException if it is not
   */
  String checked(String target) {
    if (PRINTABLE.matcher(target).matches()) {
      try {
        URI uri = new URI(target);
        boolean relative =
            !uri.isAbsolute()
                && uri.getRawAuthority() == null
                && target.startsWith("/")
                && !target.startsWith("//");
        if (relative || (uri.isAbsolute() && origins.contain(uri))) {
          return target;
        }
      } catch (URISyntaxException e) {
        throw new AuthorizationException(AuthorizationException.Reason.RETURN_TARGET);
      }
    }
    throw new AuthorizationException(AuthorizationException.Reason.RETURN_TARGET);
  }
}
