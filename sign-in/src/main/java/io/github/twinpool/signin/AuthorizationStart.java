package io.github.twinpool.signin;

import java.net.URI;

/** Where to send a browser, and what it has to bring back. {@code toString} shows neither. */
public final class AuthorizationStart {
  private final URI location;
  private final String browserState;
  private final String setCookie;

  AuthorizationStart(URI location, String browserState, String setCookie) {
    this.location = location;
    this.browserState = browserState;
    this.setCookie = setCookie;
  }

  /** The authorization endpoint, with all its parameters: the {@code Location} of a redirect. */
  public URI location() {
    return location;
  }

  /**
   * What ties the sign-in to this browser: kept where no other browser can bring it back, in the
   * cookie of {@link #setCookie()} or in the server's session. It is encrypted.
   */
  public String browserState() {
    return browserState;
  }

  /** The value of a {@code Set-Cookie} header that keeps the state. */
  public String setCookie() {
    return setCookie;
  }

  @Override
  public String toString() {
    return "AuthorizationStart[…]";
  }
}
