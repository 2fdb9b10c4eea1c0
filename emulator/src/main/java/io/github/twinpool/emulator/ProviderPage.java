package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Base64;
import java.util.Map;

/**
 * The pages that the emulated identity providers show. All that comes from elsewhere is escaped.
 */
final class ProviderPage {
  private static final String SCRIPT = "document.forms[0].submit()";
  private static final String POLICY =
      "default-src 'none'; frame-ancestors 'none'; script-src 'sha256-"
          + Base64.getEncoder().encodeToString(AuthorizationCode.sha256(SCRIPT))
          + "'";

  private ProviderPage() {}

  /**
   * The form of an identity provider, which needs no password.
   *
   * @param path that it is sent to, with the query of the request
   */
  static Reply form(String path, String query, String username, String complaint) {
    return DomainReply.page(
        200,
        LoginPage.page(
            "<h1>Sign in at the identity provider</h1><p>"
                + LoginPage.escaped(complaint)
                + "</p><form method=\"post\" action=\""
                + LoginPage.escaped(path + "?" + query)
                + "\"><label>Username <input name=\"username\" type=\"text\""
                + " autocomplete=\"username\" value=\""
                + LoginPage.escaped(username)
                + "\"></label><button type=\"submit\">Sign in</button></form>"));
  }

  /** A form that a browser sends by itself, and a person without scripts by a button. */
  static Reply selfPosting(String address, Map<String, String> fields) {
    StringBuilder form =
        new StringBuilder("<form method=\"post\" action=\"")
            .append(LoginPage.escaped(address))
            .append("\">");
    fields.forEach(
        (name, value) ->
            form.append("<input type=\"hidden\" name=\"")
                .append(LoginPage.escaped(name))
                .append("\" value=\"")
                .append(LoginPage.escaped(value))
                .append("\">"));
    form.append("<button type=\"submit\">Continue</button></form><script>")
        .append(SCRIPT)
        .append("</script>");
    Reply reply = DomainReply.page(200, LoginPage.page(form.toString()));
    reply.headers().put("Content-Security-Policy", POLICY);
    return reply;
  }
}
