package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a pool publishes about its tokens: its keys and its discovery document. */
final class WellKnown {
  private static final Pattern PATH =
      Pattern.compile("/([^/]{1,55})/\\.well-known/(jwks\\.json|openid-configuration)");

  /**
   * A document that somebody asks for.
   *
   * @param name jwks.json or openid-configuration
   */
  record Document(String poolId, String name) {

    /**
     * The document at a path.
     *
     * @throws WireError with status 404 if there can be none
     */
    static Document at(String path) {
      Matcher matcher = PATH.matcher(path);
      if (!matcher.matches()) {
        throw WireError.notFound("There is nothing at this path.");
      }
      return new Document(matcher.group(1), matcher.group(2));
    }
  }

  private WellKnown() {}

  /** A document of a pool whose tokens name this issuer. */
  static ObjectNode answer(Document document, Pool pool, String issuer, Optional<URI> domain) {
    return document.name().equals("jwks.json") ? keys(pool) : discovery(issuer, domain);
  }

  private static ObjectNode keys(Pool pool) {
    ObjectNode answer = WireJson.object();
    ArrayNode keys = answer.putArray("keys");
    for (RSAKey key : pool.keys().published()) {
      keys.addObject()
          .put("alg", "RS256")
          .put("e", key.getPublicExponent().toString())
          .put("kid", key.getKeyID())
          .put("kty", "RSA")
          .put("n", key.getModulus().toString())
          .put("use", "sig");
    }
    return answer;
  }

  private static ObjectNode discovery(String issuer, Optional<URI> domain) {
    ObjectNode answer = WireJson.object();
    domain.ifPresent(
        host ->
            answer
                .put("authorization_endpoint", host + "/oauth2/authorize")
                .put("end_session_endpoint", host + "/logout")
                .put("revocation_endpoint", host + "/oauth2/revoke")
                .put("token_endpoint", host + "/oauth2/token")
                .put("userinfo_endpoint", host + "/oauth2/userInfo"));
    answer.putArray("id_token_signing_alg_values_supported").add("RS256");
    answer.put("issuer", issuer).put("jwks_uri", issuer + "/.well-known/jwks.json");
    answer.putArray("response_types_supported").add("code").add("token");
    answer.putArray("scopes_supported").add("openid").add("email").add("phone").add("profile");
    answer.putArray("subject_types_supported").add("public");
    answer
        .putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_basic")
        .add("client_secret_post");
    return answer;
  }
}
