package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;

/**
 * For whom a pool's credentials are made, and what they must show.
 *
 * @param insteadOfMfa whether a credential with user verification counts for both factors
 */
record RelyingParty(String id, boolean wantsVerification, boolean insteadOfMfa) {
  /** Cognito takes the pool's domain, of which the emulator has none: this is an assumption. */
  private static final String DEFAULT_ID = "localhost";

  /** As a pool's WebAuthnConfiguration has it. */
  static RelyingParty of(JsonNode configuration) {
    boolean insteadOfMfa =
        configuration
            .path("FactorConfiguration")
            .asText()
            .equals("MULTI_FACTOR_WITH_USER_VERIFICATION");
    return new RelyingParty(
        configuration.path("RelyingPartyId").asText(DEFAULT_ID),
        insteadOfMfa || configuration.path("UserVerification").asText().equals("required"),
        insteadOfMfa);
  }

  String userVerification() {
    return wantsVerification ? "required" : "preferred";
  }

  /** Whether a browser was asked this, and for this. */
  static boolean isAbout(JsonNode clientData, String type, String challenge) {
    return clientData.path("type").asText().equals(type)
        && MessageDigest.isEqual(
            CredentialJson.utf8(clientData.path("challenge").asText()),
            CredentialJson.utf8(challenge));
  }

  /**
   * Whether a browser was where credentials of this party may be used: at its ID or a subdomain,
   * not in a frame of another origin, by HTTPS or on localhost. Which origins Cognito takes is
   * unpublished: this is an assumption, after WebAuthn's own rules.
   */
  boolean allowsOrigin(JsonNode clientData) {
    try {
      URI origin = new URI(clientData.path("origin").asText());
      String host = origin.getHost();
      if (host == null || clientData.path("crossOrigin").asBoolean()) {
        return false;
      }
      boolean bare =
          origin.getRawUserInfo() == null
              && origin.getRawPath().isEmpty()
              && origin.getRawQuery() == null
              && origin.getRawFragment() == null;
      boolean secure =
          "https".equals(origin.getScheme())
              || ("http".equals(origin.getScheme()) && isWithin(host, "localhost"));
      return bare && secure && isWithin(host, id);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
