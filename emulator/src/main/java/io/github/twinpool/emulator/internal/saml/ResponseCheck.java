package io.github.twinpool.emulator.internal.saml;

import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What a service provider expects of the response to one sign-in, and whether a response is that.
 *
 * @param entityId the service provider's own
 * @param answerTo where the response was posted to
 * @param requestId of the request that it must answer; empty if the identity provider began the
 *     sign-in, and the response must answer none
 * @param decryption the key that the assertion must be encrypted for; empty if it must be plain
 */
public record ResponseCheck(
    IdpMetadata idp,
    String entityId,
    String answerTo,
    Optional<String> requestId,
    Optional<PrivateKey> decryption,
    Instant now) {
  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

  /** Since when an assertion without a request may be issued. (Source: developer guide.) */
  private static final Duration UNSOLICITED = Duration.ofMinutes(6);

  /** Conditions that are understood; any other makes an assertion invalid. */
  private static final Set<String> CONDITIONS =
      Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

  /**
   * Verifies a response.
   *
   * @throws SamlRefusal if it is not believed
   */
  public VerifiedAssertion verified(byte[] xml) {
    Element root = SamlXml.root(SamlXml.parse(xml), SamlXml.PROTOCOL, "Response");
    SamlXml.requireUniqueIds(root);
    Optional<Element> signature = XmlSignatures.of(root);
    Element response =
        signature.map(it -> XmlSignatures.verified(root, it, idp.certificates())).orElse(root);
    checkResponse(response);
    Element assertion = assertion(root, response, signature.isPresent());
    checkAssertion(assertion);
    return facts(assertion);
  }

  private void checkResponse(Element response) {
    Messages.checkVersion(response);
    Messages.checkIssuer(response, idp, false);
    Messages.checkSuccess(response);
    if (!SamlXml.attribute(response, "Destination").orElse(answerTo).equals(answerTo)) {
      throw SamlRefusal.of("The response has another destination.");
    }
    checkRequest(response);
  }

  private void checkRequest(Element element) {
    if (!SamlXml.attribute(element, "InResponseTo").equals(requestId)) {
      throw SamlRefusal.of("InResponseTo is not the ID of the request.");
    }
  }

  /**
   * The only assertion of a response, as it was signed.
   *
   * @param response the root as it was signed, if it was
   */
  private Element assertion(Element root, Element response, boolean responseSigned) {
    List<Element> plain = SamlXml.children(response, SamlXml.ASSERTION, "Assertion");
    List<Element> encrypted = SamlXml.children(response, SamlXml.ASSERTION, "EncryptedAssertion");
    if (plain.size() + encrypted.size() != 1) {
      throw SamlRefusal.of("The response must hold one assertion.");
    }
    if (decryption.isEmpty() != encrypted.isEmpty()) {
      throw SamlRefusal.of(
          encrypted.isEmpty() ? "The assertion is not encrypted." : "The assertion is encrypted.");
    }
    if (decryption.isPresent()) {
      requireNothingElse(root, 0, responseSigned ? 1 : 0);
      Element decrypted = XmlEncryption.decrypted(encrypted.get(0), decryption.get());
      SamlXml.requireUniqueIds(decrypted);
      Optional<Element> own = XmlSignatures.of(decrypted);
      requireNothingElse(decrypted, 1, own.isPresent() ? 1 : 0);
      return signed(decrypted, own, decrypted, responseSigned);
    }
    Element written = SamlXml.required(root, SamlXml.ASSERTION, "Assertion");
    Optional<Element> own = XmlSignatures.of(written);
    requireNothingElse(root, 1, (responseSigned ? 1 : 0) + (own.isPresent() ? 1 : 0));
    return signed(written, own, plain.get(0), responseSigned);
  }

  /**
   * The assertion as its own signature covers it, or else as that of the response does.
   *
   * @param written where the assertion stands, with its signature
   * @param covered the same assertion as the response's signature covers it
   */
  private Element signed(
      Element written, Optional<Element> own, Element covered, boolean responseSigned) {
    if (own.isPresent()) {
      return XmlSignatures.verified(written, own.get(), idp.certificates());
    }
    if (!responseSigned) {
      throw SamlRefusal.of("Neither the response nor the assertion is signed.");
    }
    return covered;
  }

  /** Refuses assertions and signatures that stand anywhere but in their places. */
  private static void requireNothingElse(Element root, int assertions, int signatures) {
    boolean good =
        SamlXml.all(root, SamlXml.ASSERTION, "Assertion").size() == assertions
            && SamlXml.all(root, SamlXml.SIGNATURE, "Signature").size() == signatures;
    if (!good) {
      throw SamlRefusal.of("There are assertions or signatures in places where none belong.");
    }
  }

  private void checkAssertion(Element assertion) {
    Messages.checkVersion(assertion);
    Messages.checkIssuer(assertion, idp, true);
    Instant issued = Messages.issued(assertion);
    if (requestId.isEmpty() && (issued.isAfter(now) || issued.isBefore(now.minus(UNSOLICITED)))) {
      throw SamlRefusal.of("The assertion was not issued within the last six minutes.");
    }
    Element subject = SamlXml.required(assertion, SamlXml.ASSERTION, "Subject");
    boolean confirmed =
        SamlXml.children(subject, SamlXml.ASSERTION, "SubjectConfirmation").stream()
            .filter(it -> it.getAttributeNS(null, "Method").equals(BEARER))
            .flatMap(it -> SamlXml.child(it, SamlXml.ASSERTION, "SubjectConfirmationData").stream())
            .anyMatch(this::confirms);
    if (!confirmed) {
      throw SamlRefusal.of(
          "No SubjectConfirmationData has this recipient, this request and time left.");
    }
    checkConditions(SamlXml.required(assertion, SamlXml.ASSERTION, "Conditions"));
    for (Element statement : statements(assertion)) {
      if (SamlXml.time(statement, "SessionNotOnOrAfter")
          .filter(end -> !now.isBefore(end))
          .isPresent()) {
        throw SamlRefusal.of("The session at the identity provider has ended.");
      }
    }
  }

  private boolean confirms(Element data) {
    return data.getAttributeNS(null, "Recipient").equals(answerTo)
        && SamlXml.attribute(data, "InResponseTo").equals(requestId)
        && SamlXml.time(data, "NotOnOrAfter").filter(now::isBefore).isPresent()
        && !data.hasAttributeNS(null, "NotBefore");
  }

  private void checkConditions(Element conditions) {
    if (SamlXml.time(conditions, "NotBefore").filter(now::isBefore).isPresent()) {
      throw SamlRefusal.of("Assertion is not yet valid.");
    }
    if (SamlXml.time(conditions, "NotOnOrAfter").filter(end -> !now.isBefore(end)).isPresent()) {
      throw SamlRefusal.of("Assertion has expired.");
    }
    boolean understood =
        SamlXml.children(conditions).stream()
            .allMatch(
                it ->
                    SamlXml.ASSERTION.equals(it.getNamespaceURI())
                        && CONDITIONS.contains(String.valueOf(it.getLocalName())));
    List<Element> restrictions =
        SamlXml.children(conditions, SamlXml.ASSERTION, "AudienceRestriction");
    boolean meant = !restrictions.isEmpty() && restrictions.stream().allMatch(this::namesUs);
    if (!understood) {
      throw SamlRefusal.of("A condition is not understood.");
    }
    if (!meant) {
      throw SamlRefusal.of("Audience restriction does not name the user pool.");
    }
  }

  private boolean namesUs(Element restriction) {
    return SamlXml.children(restriction, SamlXml.ASSERTION, "Audience").stream()
        .anyMatch(audience -> SamlXml.text(audience).equals(entityId));
  }

  private static List<Element> statements(Element assertion) {
    List<Element> statements = SamlXml.children(assertion, SamlXml.ASSERTION, "AuthnStatement");
    if (statements.isEmpty()) {
      throw SamlRefusal.of("There is no AuthnStatement.");
    }
    return statements;
  }

  private static VerifiedAssertion facts(Element assertion) {
    Element subject = SamlXml.required(assertion, SamlXml.ASSERTION, "Subject");
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (Element statement : SamlXml.children(assertion, SamlXml.ASSERTION, "AttributeStatement")) {
      for (Element attribute : SamlXml.children(statement, SamlXml.ASSERTION, "Attribute")) {
        List<String> values =
            attributes.computeIfAbsent(
                Messages.required(attribute, "Name"), name -> new ArrayList<>());
        SamlXml.children(attribute, SamlXml.ASSERTION, "AttributeValue")
            .forEach(value -> values.add(SamlXml.text(value)));
      }
    }
    return new VerifiedAssertion(
        Messages.required(assertion, "ID"),
        NameId.read(SamlXml.required(subject, SamlXml.ASSERTION, "NameID")),
        SamlXml.attribute(statements(assertion).get(0), "SessionIndex"),
        attributes);
  }

  @Override
  public String toString() {
    return "ResponseCheck[" + entityId + "]";
  }
}
