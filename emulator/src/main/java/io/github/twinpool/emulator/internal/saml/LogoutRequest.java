package io.github.twinpool.emulator.internal.saml;

import java.time.Instant;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A service provider's request to end a session.
 *
 * @param sessionIndex what the assertion called the session, if it said
 */
public record LogoutRequest(
    String id,
    String issuer,
    String destination,
    NameId nameId,
    Optional<String> sessionIndex,
    Instant issued) {

  /**
   * Reads a request.
   *
   * @throws SamlRefusal for anything else
   */
  public static LogoutRequest read(byte[] xml) {
    Element root = SamlXml.root(SamlXml.parse(xml), SamlXml.PROTOCOL, "LogoutRequest");
    return new LogoutRequest(
        Messages.required(root, "ID"),
        SamlXml.text(SamlXml.required(root, SamlXml.ASSERTION, "Issuer")),
        Messages.required(root, "Destination"),
        NameId.read(SamlXml.required(root, SamlXml.ASSERTION, "NameID")),
        SamlXml.child(root, SamlXml.PROTOCOL, "SessionIndex").map(SamlXml::text),
        Messages.issued(root));
  }

  /** The document. */
  public String toXml() {
    return "<samlp:LogoutRequest"
        + Messages.head(id, destination, issued)
        + ">"
        + Messages.issuer(issuer)
        + nameId.toXml()
        + sessionIndex
            .map(index -> "<samlp:SessionIndex>" + SamlXml.escaped(index) + "</samlp:SessionIndex>")
            .orElse("")
        + "</samlp:LogoutRequest>";
  }
}
