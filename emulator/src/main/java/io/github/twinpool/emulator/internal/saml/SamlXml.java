package io.github.twinpool.emulator.internal.saml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** XML read without document types and within bounds, and looked at by namespace. */
final class SamlXml {
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String SIGNATURE = XMLSignature.XMLNS;

  private static final int DEEPEST = 64;
  private static final int LONGEST = 1 << 20;

  private SamlXml() {}

  /**
   * The root of a document.
   *
   * @throws SamlRefusal for anything but well-formed XML without a document type
   */
  static Element parse(byte[] xml) {
    if (xml.length > LONGEST) {
      throw SamlRefusal.of("The document is too long.");
    }
    try {
      return builder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw SamlRefusal.of("The document is not well-formed XML, or it has a document type.");
    }
  }

  /** The JDK's own parser, whatever else is on the class path. */
  private static DocumentBuilder builder() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setAttribute(
        "http://www.oracle.com/xml/jaxp/properties/maxElementDepth", String.valueOf(DEEPEST));
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null); // or else it prints what is wrong
    return builder;
  }

  /** An element as it stands, without a declaration. */
  static String write(Element element) {
    try {
      Transformer identity = TransformerFactory.newDefaultInstance().newTransformer();
      identity.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      identity.transform(new DOMSource(element), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("every JDK can write a DOM", e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  /**
   * The root, which must be called so.
   *
   * @throws SamlRefusal for another
   */
  static Element root(Element root, String namespace, String name) {
    if (!is(root, namespace, name)) {
      throw SamlRefusal.of("The document is no " + name + ".");
    }
    return root;
  }

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  static List<Element> children(Element parent, String namespace, String name) {
    return children(parent).stream().filter(child -> is(child, namespace, name)).toList();
  }

  /**
   * A child that may be there once.
   *
   * @throws SamlRefusal if it is there twice
   */
  static Optional<Element> child(Element parent, String namespace, String name) {
    List<Element> children = children(parent, namespace, name);
    if (children.size() > 1) {
      throw SamlRefusal.of("There is more than one " + name + ".");
    }
    return children.stream().findFirst();
  }

  /**
   * A child that must be there once.
   *
   * @throws SamlRefusal if it is not
   */
  static Element required(Element parent, String namespace, String name) {
    return child(parent, namespace, name)
        .orElseThrow(() -> SamlRefusal.of("There is no " + name + "."));
  }

  /** All elements of a name, at any depth. */
  static List<Element> all(Element root, String namespace, String name) {
    List<Element> all = new ArrayList<>();
    if (is(root, namespace, name)) {
      all.add(root);
    }
    NodeList found = root.getElementsByTagNameNS(namespace, name);
    for (int i = 0; i < found.getLength(); i++) {
      all.add((Element) found.item(i));
    }
    return all;
  }

  /**
   * The whole text of an element. A comment in it does not end it.
   *
   * @throws SamlRefusal if it holds elements
   */
  static String text(Element element) {
    if (!children(element).isEmpty()) {
      throw SamlRefusal.of(element.getLocalName() + " must hold text only.");
    }
    return element.getTextContent().strip();
  }

  /** An attribute that is not empty. */
  static Optional<String> attribute(Element element, String name) {
    return Optional.of(element.getAttributeNS(null, name)).filter(value -> !value.isEmpty());
  }

  /**
   * A time, if the element has it.
   *
   * @throws SamlRefusal for what is no time with a zone
   */
  static Optional<Instant> time(Element element, String name) {
    Optional<String> text = attribute(element, name);
    try {
      return text.map(value -> OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      throw SamlRefusal.of(name + " is no time in UTC.");
    }
  }

  /**
   * Refuses documents in which a reference could lead to two elements.
   *
   * @throws SamlRefusal if two elements have the same ID
   */
  static void requireUniqueIds(Element root) {
    Set<String> seen = new HashSet<>();
    NodeList elements = root.getElementsByTagNameNS("*", "*");
    for (int i = -1; i < elements.getLength(); i++) {
      Element element = i < 0 ? root : (Element) elements.item(i);
      for (String name : List.of("ID", "Id", "id")) {
        if (element.hasAttributeNS(null, name) && !seen.add(element.getAttributeNS(null, name))) {
          throw SamlRefusal.of("Two elements have the same ID.");
        }
      }
      if (element.hasAttributeNS(XMLConstants.XML_NS_URI, "id")) {
        throw SamlRefusal.of("xml:id is not used in SAML.");
      }
    }
  }

  /** A text for element content and attribute values. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\r", "&#13;");
  }

  static Document document(Element element) {
    Document document = element.getOwnerDocument();
    if (document == null) {
      throw new IllegalStateException("an element without a document");
    }
    return document;
  }
}
