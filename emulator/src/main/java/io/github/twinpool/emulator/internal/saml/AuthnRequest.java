package io.github.twinpool.emulator.internal.saml;

import java.time.Instant;
import org.w3c.dom.Element;

/**
 * A service provider's request for a sign-in.
 *
 * @param issuer the entity ID of the service provider
 * @param answerTo where the response must be posted to
 */
public record AuthnRequest(
    String id, String issuer, String destination, String answerTo, Instant issued) {
  private static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

  /**
   * Reads a request.
   *
   * @throws SamlRefusal for anything else
   */
  public static AuthnRequest read(byte[] xml) {
    Element root = SamlXml.root(SamlXml.parse(xml), SamlXml.PROTOCOL, "AuthnRequest");
    return new AuthnRequest(
        Messages.required(root, "ID"),
        SamlXml.text(SamlXml.required(root, SamlXml.ASSERTION, "Issuer")),
        Messages.required(root, "Destination"),
        Messages.required(root, "AssertionConsumerServiceURL"),
        Messages.issued(root));
  }

  /** The document. */
  public String toXml() {
    return "<samlp:AuthnRequest"
        + Messages.head(id, destination, issued)
        + " AssertionConsumerServiceURL=\""
        + SamlXml.escaped(answerTo)
        + "\" ProtocolBinding=\""
        + POST
        + "\">"
        + Messages.issuer(issuer)
        + "</samlp:AuthnRequest>";
  }
}
