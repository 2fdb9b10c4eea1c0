package io.github.twinpool.emulator.internal.saml;

import java.time.Instant;
import org.w3c.dom.Element;

/**
 * An identity provider's answer that a session has ended.
 *
 * @param issuer the entity ID of the identity provider
 * @param inResponseTo the ID of the request that it answers
 */
public record LogoutResponse(
    String id, String issuer, String destination, String inResponseTo, Instant issued) {

  /**
   * Checks an answer: it must be signed, by the provider, and for this request.
   *
   * @param destination where it was posted to
   * @param requestId of the request that was sent
   * @throws SamlRefusal if it is not believed
   */
  public static void check(byte[] xml, IdpMetadata idp, String destination, String requestId) {
    Element root = SamlXml.root(SamlXml.parse(xml), SamlXml.PROTOCOL, "LogoutResponse");
    SamlXml.requireUniqueIds(root);
    Element signature =
        XmlSignatures.of(root)
            .orElseThrow(() -> SamlRefusal.of("The LogoutResponse is not signed."));
    Element signed = XmlSignatures.verified(root, signature, idp.certificates());
    Messages.checkVersion(signed);
    Messages.checkIssuer(signed, idp, true);
    boolean good =
        signed.getAttributeNS(null, "Destination").equals(destination)
            && signed.getAttributeNS(null, "InResponseTo").equals(requestId);
    if (!good) {
      throw SamlRefusal.of("The LogoutResponse is for another request.");
    }
    Messages.checkSuccess(signed);
  }

  /** The document, signed. */
  public String toXml(SamlKey key) {
    Element root =
        SamlXml.parse(
            SamlXml.bytes(
                "<samlp:LogoutResponse"
                    + Messages.head(id, destination, issued)
                    + " InResponseTo=\""
                    + SamlXml.escaped(inResponseTo)
                    + "\">"
                    + Messages.issuer(issuer)
                    + Messages.status(Messages.SUCCESS, "")
                    + "</samlp:LogoutResponse>"));
    XmlSignatures.sign(root, SamlXml.required(root, SamlXml.PROTOCOL, "Status"), key);
    return SamlXml.write(root);
  }
}
