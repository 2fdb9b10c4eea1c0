package io.github.twinpool.emulator.internal.saml;

import java.time.Instant;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** What all messages of the protocol have in common. */
final class Messages {
  private static final String STATUS = "urn:oasis:names:tc:SAML:2.0:status:";
  static final String SUCCESS = STATUS + "Success";
  static final String RESPONDER = STATUS + "Responder";
  static final String REQUEST_DENIED = STATUS + "RequestDenied";

  /** What of a foreign document may be repeated. */
  private static final Pattern CODE = Pattern.compile("urn:[A-Za-z0-9:._-]{1,200}");

  private Messages() {}

  /** The attributes of a message, with the namespaces that it uses. */
  static String head(String id, String destination, Instant issued) {
    return " xmlns:samlp=\""
        + SamlXml.PROTOCOL
        + "\" xmlns:saml=\""
        + SamlXml.ASSERTION
        + "\" Version=\"2.0\" ID=\""
        + SamlXml.escaped(id)
        + "\" IssueInstant=\""
        + issued
        + "\" Destination=\""
        + SamlXml.escaped(destination)
        + "\"";
  }

  static String issuer(String entityId) {
    return "<saml:Issuer>" + SamlXml.escaped(entityId) + "</saml:Issuer>";
  }

  static String required(Element message, String attribute) {
    return SamlXml.attribute(message, attribute)
        .orElseThrow(() -> SamlRefusal.of("There is no " + attribute + "."));
  }

  static Instant issued(Element message) {
    return SamlXml.time(message, "IssueInstant")
        .orElseThrow(() -> SamlRefusal.of("There is no IssueInstant."));
  }

  /** Refuses other versions of SAML. */
  static void checkVersion(Element element) {
    if (!element.getAttributeNS(null, "Version").equals("2.0")) {
      throw SamlRefusal.of("The version is not 2.0.");
    }
  }

  /**
   * Refuses what another than the identity provider issued.
   *
   * @param required whether the element must say who
   */
  static void checkIssuer(Element element, IdpMetadata idp, boolean required) {
    boolean good =
        SamlXml.child(element, SamlXml.ASSERTION, "Issuer")
            .map(issuer -> SamlXml.text(issuer).equals(idp.entityId()))
            .orElse(!required);
    if (!good) {
      throw SamlRefusal.of("Invalid issuer.");
    }
  }

  /**
   * Refuses a response that reports a failure.
   *
   * @throws SamlRefusal a denial, with the more exact code if there are two
   */
  static void checkSuccess(Element response) {
    Element code =
        SamlXml.required(
            SamlXml.required(response, SamlXml.PROTOCOL, "Status"), SamlXml.PROTOCOL, "StatusCode");
    if (!code.getAttributeNS(null, "Value").equals(SUCCESS)) {
      String reason =
          SamlXml.child(code, SamlXml.PROTOCOL, "StatusCode")
              .orElse(code)
              .getAttributeNS(null, "Value");
      throw SamlRefusal.denied(CODE.matcher(reason).matches() ? reason : "unknown status");
    }
  }

  /** A status, with a second code under the first unless that is empty. */
  static String status(String first, String second) {
    String inner = second.isEmpty() ? "" : "<samlp:StatusCode Value=\"" + second + "\"/>";
    return "<samlp:Status><samlp:StatusCode Value=\""
        + first
        + "\">"
        + inner
        + "</samlp:StatusCode></samlp:Status>";
  }
}
