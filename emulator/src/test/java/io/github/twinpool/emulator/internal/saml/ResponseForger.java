package io.github.twinpool.emulator.internal.saml;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Takes a response apart and puts it together as an attacker does. */
final class ResponseForger {
  private final Element root;

  private ResponseForger(Element root) {
    this.root = root;
  }

  static ResponseForger of(String response) {
    return new ResponseForger(SamlXml.parse(SamlXml.bytes(response)));
  }

  Element root() {
    return root;
  }

  Element assertion() {
    return SamlXml.required(root, SamlXml.ASSERTION, "Assertion");
  }

  Document document() {
    return SamlXml.document(root);
  }

  /** A copy of the assertion that says to be of another, without a signature. */
  Element forged(String id) {
    Element forged = (Element) assertion().cloneNode(true);
    XmlSignatures.of(forged).ifPresent(forged::removeChild);
    forged.setAttributeNS(null, "ID", id);
    SamlXml.required(
            SamlXml.required(forged, SamlXml.ASSERTION, "Subject"), SamlXml.ASSERTION, "NameID")
        .setTextContent("eve@example.com");
    return forged;
  }

  /** A copy of the whole response whose assertion says to be of another. */
  Element forgedResponse(String id) {
    ResponseForger copy = new ResponseForger((Element) root.cloneNode(true));
    XmlSignatures.of(copy.root).ifPresent(copy.root::removeChild);
    copy.root.setAttributeNS(null, "ID", id);
    Element forged = copy.forged(id + "-a");
    copy.root.replaceChild(forged, copy.assertion());
    return copy.root;
  }

  ResponseForger signAssertion() {
    XmlSignatures.sign(
        assertion(), SamlXml.required(assertion(), SamlXml.ASSERTION, "Subject"), SamlFixture.KEY);
    return this;
  }

  String write() {
    return SamlXml.write(root);
  }
}
