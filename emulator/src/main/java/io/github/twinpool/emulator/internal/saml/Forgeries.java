package io.github.twinpool.emulator.internal.saml;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Good responses made bad after they were signed, as attackers make them. */
public final class Forgeries {
  private Forgeries() {}

  /** Another name in the place of the signed one. */
  public static String tampered(String response, String name) {
    Element root = SamlXml.parse(SamlXml.bytes(response));
    nameId(SamlXml.required(root, SamlXml.ASSERTION, "Assertion")).setTextContent(name);
    return SamlXml.write(root);
  }

  /**
   * The signed assertion stays as it is, and an unsigned one with another name stands before it:
   * signature wrapping.
   */
  public static String wrapped(String response, String name) {
    Element root = SamlXml.parse(SamlXml.bytes(response));
    Element signed = SamlXml.required(root, SamlXml.ASSERTION, "Assertion");
    Element forged = (Element) signed.cloneNode(true);
    forged.setAttributeNS(null, "ID", signed.getAttributeNS(null, "ID") + "-forged");
    XmlSignatures.of(forged).ifPresent(forged::removeChild);
    nameId(forged).setTextContent(name);
    root.insertBefore(forged, signed);
    return SamlXml.write(root);
  }

  /** A comment behind the first character of the name, which no signature covers. */
  public static String commented(String response) {
    Element root = SamlXml.parse(SamlXml.bytes(response));
    Element nameId = nameId(SamlXml.required(root, SamlXml.ASSERTION, "Assertion"));
    String name = nameId.getTextContent();
    Node comment = SamlXml.document(root).createComment("");
    nameId.setTextContent(name.substring(0, 1));
    nameId.appendChild(comment);
    nameId.appendChild(SamlXml.document(root).createTextNode(name.substring(1)));
    return SamlXml.write(root);
  }

  /** A document type that has a file of this machine read, in front of the response. */
  public static String withDocumentType(String response) {
    return "<!DOCTYPE r [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>" + response;
  }

  private static Element nameId(Element assertion) {
    return SamlXml.required(
        SamlXml.required(assertion, SamlXml.ASSERTION, "Subject"), SamlXml.ASSERTION, "NameID");
  }
}
