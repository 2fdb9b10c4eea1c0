package io.github.twinpool.examples;

import io.github.twinpool.signin.AuthorizationException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The application's pages. What comes from elsewhere is escaped, what a browser sent not shown. */
final class WebPages {
  private WebPages() {}

  /** For strangers. */
  static String welcome(List<String> providers) {
    String others =
        providers.stream()
            .map(name -> link("/login?with=" + encoded(name), "Sign in with " + name))
            .collect(Collectors.joining("\n"));
    return page("Welcome", link("/login", "Sign in") + "\n" + others);
  }

  static String signedIn(String name) {
    return page("Signed in as " + name, link("/orders", "Orders") + signOut());
  }

  static String orders(String name) {
    return page("Orders of " + name, link("/", "Home") + signOut());
  }

  /** A form, since a link can be followed by accident, or from a page of somebody else. */
  private static String signOut() {
    return "<form method=\"post\" action=\"/logout\"><button>Sign out</button></form>";
  }

  static String failed(Reason reason) {
    String text =
        switch (reason) {
          case INTERRUPTED -> "The service moved to another Region. Nothing you entered was wrong.";
          case EXPIRED -> "That took too long.";
          case STATE, REPLAYED -> "This sign-in is over, or began in another window.";
          case REFUSED, CODE -> "You were not signed in.";
          case RETURN_TARGET -> "There is no such page here.";
          case CLIENT, MALFORMED, ISSUER, ID_TOKEN -> "You cannot be signed in this way.";
        };
    return page(
        "Not signed in",
        paragraph(text) + (reason.restartable() ? link("/login", "Start again") : ""));
  }

  static String unavailable() {
    return page(
        "Not available", paragraph("Please come back in a few minutes.") + link("/", "Home"));
  }

  static String plain(String title) {
    return page(title, link("/", "Home"));
  }

  private static String page(String title, String body) {
    return String.format(
        Locale.ROOT,
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>
        <body><h1>%1$s</h1>
        %2$s
        </body></html>
        """,
        escaped(title),
        body);
  }

  private static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>\n";
  }

  private static String link(String target, String text) {
    return "<p><a href=\"" + escaped(target) + "\">" + escaped(text) + "</a></p>\n";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
