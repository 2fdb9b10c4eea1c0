package io.github.twinpool.examples.jetty;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.servlet.CognitoPrincipal;
import io.github.twinpool.token.VerifiedToken;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** For everybody with a good token: what it says. */
final class WhoAmI extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient ObjectMapper json = new ObjectMapper();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CognitoPrincipal principal = (CognitoPrincipal) request.getUserPrincipal();
    VerifiedToken token = principal.token();
    response.setContentType("application/json");
    json.writeValue(
        response.getOutputStream(),
        Map.of(
            "name", principal.getName(),
            "groups", token.groups(),
            "issuer", token.issuer(),
            "expiresAt", token.expiresAt().toString()));
  }
}
