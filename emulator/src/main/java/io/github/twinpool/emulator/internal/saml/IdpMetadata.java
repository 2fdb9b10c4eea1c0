package io.github.twinpool.emulator.internal.saml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What an identity provider says of itself in its metadata. Immutable.
 *
 * @param signOn where a browser is redirected to for a sign-in
 * @param signOut where a browser is redirected to for a sign-out, if the provider has that
 * @param certificates whose keys may sign; at least one
 */
public record IdpMetadata(
    String entityId, String signOn, Optional<String> signOut, List<X509Certificate> certificates) {
  private static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

  /** A certificate of more characters is refused. (Source: developer guide.) */
  private static final int LONGEST_CERTIFICATE = 4_096;

  /** Copies the list. */
  public IdpMetadata {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a document. It needs no signature: those who configure the pool vouch for it.
   *
   * @throws SamlRefusal if it describes no identity provider with a redirect binding and a signing
   *     certificate that has not expired
   */
  public static IdpMetadata read(byte[] xml, Instant now) {
    Element entity = SamlXml.root(SamlXml.parse(xml), SamlXml.METADATA, "EntityDescriptor");
    Element idp = SamlXml.required(entity, SamlXml.METADATA, "IDPSSODescriptor");
    return new IdpMetadata(
        SamlXml.attribute(entity, "entityID")
            .orElseThrow(() -> SamlRefusal.of("There is no entityID.")),
        location(idp, "SingleSignOnService")
            .orElseThrow(
                () -> SamlRefusal.of("There is no SingleSignOnService with HTTP-Redirect.")),
        location(idp, "SingleLogoutService"),
        certificates(idp, now));
  }

  private static Optional<String> location(Element idp, String service) {
    return SamlXml.children(idp, SamlXml.METADATA, service).stream()
        .filter(it -> it.getAttributeNS(null, "Binding").equals(REDIRECT))
        .flatMap(it -> SamlXml.attribute(it, "Location").stream())
        .findFirst();
  }

  private static List<X509Certificate> certificates(Element idp, Instant now) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Element key : SamlXml.children(idp, SamlXml.METADATA, "KeyDescriptor")) {
      if (SamlXml.attribute(key, "use").orElse("signing").equals("signing")) {
        for (Element written : SamlXml.all(key, SamlXml.SIGNATURE, "X509Certificate")) {
          certificates.add(certificate(SamlXml.text(written), now));
        }
      }
    }
    if (certificates.isEmpty()) {
      throw SamlRefusal.of("There is no signing certificate.");
    }
    return certificates;
  }

  private static X509Certificate certificate(String text, Instant now) {
    if (text.length() > LONGEST_CERTIFICATE) {
      throw SamlRefusal.of("A signing certificate has more than 4096 characters.");
    }
    X509Certificate certificate = SamlKey.certificate(text);
    if (certificate.getNotAfter().toInstant().isBefore(now)) {
      throw SamlRefusal.of("A signing certificate has expired.");
    }
    return certificate;
  }

  /** The document. */
  public String toXml() {
    StringBuilder xml =
        new StringBuilder("<md:EntityDescriptor xmlns:md=\"")
            .append(SamlXml.METADATA)
            .append("\" entityID=\"")
            .append(SamlXml.escaped(entityId))
            .append("\"><md:IDPSSODescriptor protocolSupportEnumeration=\"")
            .append(SamlXml.PROTOCOL)
            .append("\">");
    for (X509Certificate certificate : certificates) {
      xml.append("<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"")
          .append(SamlXml.SIGNATURE)
          .append("\"><ds:X509Data><ds:X509Certificate>")
          .append(SamlKey.text(certificate))
          .append("</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>");
    }
    signOut.ifPresent(location -> xml.append(service("SingleLogoutService", location)));
    return xml.append(service("SingleSignOnService", signOn))
        .append("</md:IDPSSODescriptor></md:EntityDescriptor>")
        .toString();
  }

  private static String service(String name, String location) {
    return "<md:"
        + name
        + " Binding=\""
        + REDIRECT
        + "\" Location=\""
        + SamlXml.escaped(location)
        + "\"/>";
  }

  @Override
  public String toString() {
    return "IdpMetadata[" + entityId + "]";
  }
}
