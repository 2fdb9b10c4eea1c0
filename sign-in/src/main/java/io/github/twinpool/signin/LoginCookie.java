package io.github.twinpool.signin;

import java.net.URI;
import java.time.Duration;

/**
 * The cookie that ties a sign-in to its browser: no script reads it, no other site sends it but by
 * a link, and by HTTPS no other host can set it (the prefix {@code __Host-}, RFC 6265bis).
 */
final class LoginCookie {
  private final String name;
  private final String attributes;
  private final Duration validity;

  LoginCookie(URI redirectUri, Duration validity) {
    boolean https = "https".equalsIgnoreCase(redirectUri.getScheme());
    name = https ? "__Host-twinpool-login" : "twinpool-login";
    attributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
    this.validity = validity;
  }

  String name() {
    return name;
  }

  String header(String value) {
    return name + "=" + value + "; Max-Age=" + validity.toSeconds() + attributes;
  }

  String removal() {
    return name + "=; Max-Age=0" + attributes;
  }
}
