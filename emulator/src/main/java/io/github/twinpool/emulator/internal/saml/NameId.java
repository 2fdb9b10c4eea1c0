package io.github.twinpool.emulator.internal.saml;

import org.w3c.dom.Element;

/**
 * Who an assertion is about.
 *
 * @param value the whole text, whatever stands in it
 * @param format a URN
 */
public record NameId(String value, String format) {
  /** What a name without a format has. (Source: SAML 2.0 Core, 2.2.2.) */
  public static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

  /** A name that stays the same for a person. */
  public static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

  static NameId read(Element element) {
    String value = SamlXml.text(element);
    if (value.isEmpty()) {
      throw SamlRefusal.of("NameID is empty.");
    }
    return new NameId(value, SamlXml.attribute(element, "Format").orElse(UNSPECIFIED));
  }

  String toXml() {
    return "<saml:NameID Format=\""
        + SamlXml.escaped(format)
        + "\">"
        + SamlXml.escaped(value)
        + "</saml:NameID>";
  }
}
