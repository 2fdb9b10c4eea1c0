package io.github.twinpool.emulator.internal.saml;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A response that an identity provider is about to give. Every part can be changed before it is
 * written, also to what is wrong. Not thread-safe.
 */
public final class ResponseDraft {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  private static final String PASSWORD =
      "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

  private final String id;
  private final NameId nameId;
  private final String sessionIndex;
  private final Instant issued;
  private final Map<String, List<String>> attributes = new LinkedHashMap<>();
  private String assertionId;
  private String issuer;
  private String audience;
  private String recipient;
  private Optional<String> inResponseTo;
  private Instant notBefore;
  private Instant notOnOrAfter;

  /**
   * A good response.
   *
   * @param id of the response; that of its assertion follows from it
   * @param issuer the entity ID of the identity provider
   * @param audience the entity ID of the service provider
   * @param recipient where the response will be posted to
   * @param inResponseTo the ID of the request; empty if there was none
   */
  public ResponseDraft(
      String id,
      String issuer,
      String audience,
      String recipient,
      Optional<String> inResponseTo,
      NameId nameId,
      String sessionIndex,
      Instant issued) {
    this.id = id;
    this.assertionId = id + "-a";
    this.issuer = issuer;
    this.audience = audience;
    this.recipient = recipient;
    this.inResponseTo = inResponseTo;
    this.nameId = nameId;
    this.sessionIndex = sessionIndex;
    this.issued = issued;
    this.notBefore = issued;
    this.notOnOrAfter = issued.plus(LIFETIME);
  }

  /** Says one more thing of the person. */
  public ResponseDraft attribute(String name, List<String> values) {
    attributes.put(name, List.copyOf(values));
    return this;
  }

  /** Default: the response's ID with a suffix. */
  public ResponseDraft assertionId(String value) {
    assertionId = value;
    return this;
  }

  /** Names another issuer. */
  public ResponseDraft issuer(String value) {
    issuer = value;
    return this;
  }

  /** Names another audience. */
  public ResponseDraft audience(String value) {
    audience = value;
    return this;
  }

  /** Names another recipient. */
  public ResponseDraft recipient(String value) {
    recipient = value;
    return this;
  }

  /** Answers another request, or none. */
  public ResponseDraft inResponseTo(Optional<String> value) {
    inResponseTo = value;
    return this;
  }

  /** Default: from when it was issued, for five minutes. */
  public ResponseDraft valid(Instant from, Instant until) {
    notBefore = from;
    notOnOrAfter = until;
    return this;
  }

  /** The response without any signature. */
  public String unsigned() {
    return response(assertion());
  }

  /** The response with a signed assertion. */
  public String signedAssertion(SamlKey key) {
    Element root = SamlXml.parse(SamlXml.bytes(unsigned()));
    sign(SamlXml.required(root, SamlXml.ASSERTION, "Assertion"), key);
    return SamlXml.write(root);
  }

  /** The response signed as a whole, its assertion not. */
  public String signedResponse(SamlKey key) {
    return signedWhole(unsigned(), key);
  }

  /** The response signed as a whole, and its assertion too. */
  public String signedTwice(SamlKey key) {
    return signedWhole(signedAssertion(key), key);
  }

  /** The response with an assertion that is signed, and then encrypted. */
  public String encrypted(SamlKey key, X509Certificate reader, SecureRandom random) {
    Element assertion = SamlXml.parse(SamlXml.bytes(assertion()));
    sign(assertion, key);
    return response(
        XmlEncryption.encrypted(SamlXml.write(assertion), reader.getPublicKey(), random));
  }

  /** Instead of an assertion, that the sign-in was denied. */
  public String denied() {
    return "<samlp:Response"
        + Messages.head(id, recipient, issued)
        + answers()
        + ">"
        + Messages.issuer(issuer)
        + Messages.status(Messages.RESPONDER, Messages.REQUEST_DENIED)
        + "</samlp:Response>";
  }

  private static String signedWhole(String response, SamlKey key) {
    Element root = SamlXml.parse(SamlXml.bytes(response));
    XmlSignatures.sign(root, SamlXml.required(root, SamlXml.PROTOCOL, "Status"), key);
    return SamlXml.write(root);
  }

  private static void sign(Element assertion, SamlKey key) {
    XmlSignatures.sign(assertion, SamlXml.required(assertion, SamlXml.ASSERTION, "Subject"), key);
  }

  private String response(String assertion) {
    return "<samlp:Response"
        + Messages.head(id, recipient, issued)
        + answers()
        + ">"
        + Messages.issuer(issuer)
        + Messages.status(Messages.SUCCESS, "")
        + assertion
        + "</samlp:Response>";
  }

  private String answers() {
    return inResponseTo.map(it -> " InResponseTo=\"" + SamlXml.escaped(it) + "\"").orElse("");
  }

  private String assertion() {
    return "<saml:Assertion xmlns:saml=\""
        + SamlXml.ASSERTION
        + "\" Version=\"2.0\" ID=\""
        + SamlXml.escaped(assertionId)
        + "\" IssueInstant=\""
        + issued
        + "\">"
        + Messages.issuer(issuer)
        + "<saml:Subject>"
        + nameId.toXml()
        + "<saml:SubjectConfirmation Method=\""
        + BEARER
        + "\"><saml:SubjectConfirmationData NotOnOrAfter=\""
        + notOnOrAfter
        + "\" Recipient=\""
        + SamlXml.escaped(recipient)
        + "\""
        + answers()
        + "/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore=\""
        + notBefore
        + "\" NotOnOrAfter=\""
        + notOnOrAfter
        + "\"><saml:AudienceRestriction><saml:Audience>"
        + SamlXml.escaped(audience)
        + "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement"
        + " AuthnInstant=\""
        + issued
        + "\" SessionIndex=\""
        + SamlXml.escaped(sessionIndex)
        + "\"><saml:AuthnContext><saml:AuthnContextClassRef>"
        + PASSWORD
        + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        + statement()
        + "</saml:Assertion>";
  }

  private String statement() {
    if (attributes.isEmpty()) {
      return "";
    }
    StringBuilder xml = new StringBuilder("<saml:AttributeStatement>");
    attributes.forEach(
        (name, values) -> {
          xml.append("<saml:Attribute Name=\"").append(SamlXml.escaped(name)).append("\">");
          values.forEach(
              value ->
                  xml.append("<saml:AttributeValue>")
                      .append(SamlXml.escaped(value))
                      .append("</saml:AttributeValue>"));
          xml.append("</saml:Attribute>");
        });
    return xml.append("</saml:AttributeStatement>").toString();
  }
}
