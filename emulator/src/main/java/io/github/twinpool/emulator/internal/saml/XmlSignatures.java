package io.github.twinpool.emulator.internal.saml;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Enveloped signatures, in the one form that SAML allows: one reference, by ID, to the element that
 * the signature stands in. (Source: SAML 2.0 Core, 5.4.) What was verified is read from the bytes
 * that were digested, so that nothing else of the document can be taken for it.
 */
final class XmlSignatures {
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  /** No HMAC, for which a public key could be the secret, and no SHA-1. */
  private static final Set<String> SIGNATURES =
      Set.of(
          RSA_SHA256,
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512");

  private static final Set<String> DIGESTS =
      Set.of(
          DigestMethod.SHA256,
          "http://www.w3.org/2001/04/xmldsig-more#sha384",
          DigestMethod.SHA512);

  private static final Set<String> EXCLUSIVE =
      Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS);

  private static final Set<String> CANONICAL =
      Set.of(
          CanonicalizationMethod.EXCLUSIVE,
          CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS,
          CanonicalizationMethod.INCLUSIVE,
          CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS);

  private XmlSignatures() {}

  /** The signature of an element, if it has one of its own. */
  static Optional<Element> of(Element element) {
    return SamlXml.child(element, SamlXml.SIGNATURE, "Signature");
  }

  /**
   * What a signature covers.
   *
   * @return the signed element without its signature, read anew from the bytes that were digested
   * @throws SamlRefusal if the signature is not in SAML's form, or of none of the certificates
   */
  static Element verified(Element element, Element signature, List<X509Certificate> certificates) {
    checkForm(element, signature);
    for (X509Certificate certificate : certificates) {
      byte[] covered = covered(element, signature, certificate);
      if (covered != null) {
        return SamlXml.root(
            SamlXml.parse(covered),
            String.valueOf(element.getNamespaceURI()),
            String.valueOf(element.getLocalName()));
      }
    }
    throw SamlRefusal.of("SAML " + element.getLocalName() + " signature is invalid");
  }

  private static void checkForm(Element element, Element signature) {
    Element info = SamlXml.required(signature, SamlXml.SIGNATURE, "SignedInfo");
    Element reference = SamlXml.required(info, SamlXml.SIGNATURE, "Reference");
    Element transforms = SamlXml.required(reference, SamlXml.SIGNATURE, "Transforms");
    List<String> algorithms =
        SamlXml.children(transforms, SamlXml.SIGNATURE, "Transform").stream()
            .map(XmlSignatures::algorithm)
            .toList();
    boolean good =
        CANONICAL.contains(algorithmOf(info, "CanonicalizationMethod"))
            && SIGNATURES.contains(algorithmOf(info, "SignatureMethod"))
            && DIGESTS.contains(algorithmOf(reference, "DigestMethod"))
            && reference
                .getAttributeNS(null, "URI")
                .equals("#" + element.getAttributeNS(null, "ID"))
            && !element.getAttributeNS(null, "ID").isEmpty()
            && algorithms.size() == 2
            && algorithms.get(0).equals(Transform.ENVELOPED)
            && EXCLUSIVE.contains(algorithms.get(1))
            && SamlXml.children(signature, SamlXml.SIGNATURE, "Object").isEmpty();
    if (!good) {
      throw SamlRefusal.of("A signature is not in the form that SAML allows.");
    }
  }

  private static String algorithmOf(Element parent, String name) {
    return algorithm(SamlXml.required(parent, SamlXml.SIGNATURE, name));
  }

  private static String algorithm(Element element) {
    return element.getAttributeNS(null, "Algorithm");
  }

  private static byte @Nullable [] covered(
      Element element, Element signature, X509Certificate certificate) {
    DOMValidateContext context = new DOMValidateContext(certificate.getPublicKey(), signature);
    context.setProperty("org.jcp.xml.dsig.secureValidation", true);
    context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
    context.setIdAttributeNS(element, null, "ID");
    try {
      XMLSignature read = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      if (!read.validate(context)) {
        return null;
      }
      Reference reference = read.getSignedInfo().getReferences().get(0);
      try (InputStream digested = reference.getDigestInputStream()) {
        return digested.readAllBytes();
      }
    } catch (MarshalException | XMLSignatureException | IOException e) {
      return null;
    }
  }

  /**
   * Signs an element.
   *
   * @param before the child that the signature will stand in front of, or null for the end
   */
  static void sign(Element element, @Nullable Node before, SamlKey key) {
    XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
    try {
      Reference reference =
          factory.newReference(
              "#" + element.getAttributeNS(null, "ID"),
              factory.newDigestMethod(DigestMethod.SHA256, null),
              List.of(
                  factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                  factory.newTransform(
                      CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
              null,
              null);
      SignedInfo info =
          factory.newSignedInfo(
              factory.newCanonicalizationMethod(
                  CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
              factory.newSignatureMethod(RSA_SHA256, null),
              List.of(reference));
      KeyInfoFactory keys = factory.getKeyInfoFactory();
      KeyInfo keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(List.of(key.certificate()))));
      DOMSignContext context =
          before == null
              ? new DOMSignContext(key.privateKey(), element)
              : new DOMSignContext(key.privateKey(), element, before);
      context.setDefaultNamespacePrefix("ds");
      context.setIdAttributeNS(element, null, "ID");
      factory.newXMLSignature(info, keyInfo).sign(context);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      throw new IllegalStateException("an own key must sign", e);
    }
  }
}
