package io.github.twinpool.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** XML as Route 53 speaks it: elements in elements, text at the end, no attributes. */
final class Xml {
  private Xml() {}

  /**
   * The root of a request.
   *
   * @throws Route53Error InvalidInput for anything but well-formed XML without a document type
   */
  static Element read(byte[] body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null); // or else it prints what is wrong
      return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw Route53Error.invalidInput("The request is not well-formed.");
    }
  }

  static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  /**
   * A child that must be there.
   *
   * @throws Route53Error InvalidInput
   */
  static Element required(Element parent, String name) {
    return child(parent, name)
        .orElseThrow(() -> Route53Error.invalidInput("There is no " + name + "."));
  }

  static Optional<String> text(Element parent, String name) {
    return child(parent, name).map(element -> element.getTextContent().trim());
  }

  /** The children that hold nothing but text, in their order. */
  static Map<String, String> texts(Element parent) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && isText(element)) {
        texts.put(element.getTagName(), element.getTextContent().trim());
      }
    }
    return texts;
  }

  private static boolean isText(Element element) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element) {
        return false;
      }
    }
    return true;
  }

  static String element(String name, CharSequence text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        default -> escaped.append(character);
      }
    }
    return nested(name, escaped);
  }

  static String nested(String name, CharSequence elements) {
    return "<" + name + ">" + elements + "</" + name + ">";
  }

  static String elements(Map<String, String> texts) {
    StringBuilder elements = new StringBuilder();
    texts.forEach((name, text) -> elements.append(element(name, text)));
    return elements.toString();
  }
}
