package io.github.twinpool.emulator.internal.saml;

import static io.github.twinpool.emulator.internal.saml.SamlFixture.KEY;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.accepted;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/**
 * The eight ways of signature wrapping that Somorovsky and others describe ("On Breaking SAML",
 * 2012), and some more: something signed stays somewhere, and something else is to be believed.
 */
class SignatureWrappingTest {
  @TestFactory
  Iterable<DynamicTest> every_way_of_wrapping_is_refused() {
    Map<String, String> attacks = new TreeMap<>();
    attacks.put("1: the signed response inside the signature of a forged one", one());
    attacks.put("2: the signed response beside the signature of a forged one", two());
    attacks.put("3: a forged assertion before the signed one", three());
    attacks.put("4: the signed assertion inside the forged one", four());
    attacks.put("5: the forged assertion has the signature of the signed one", five());
    attacks.put("6: the signed assertion inside the signature of the forged one", six());
    attacks.put("7: the forged assertion in extensions", seven("_response-1-a"));
    attacks.put("12: the same with an ID of its own", seven("_evil"));
    attacks.put("8: the signed assertion in an object of the signature", eight());
    attacks.put("9: two elements with one ID", nine());
    attacks.put("11: an element outside the signature with the ID inside it", eleven());
    attacks.put("10: a forged assertion behind the signed one", ten());
    return attacks.entrySet().stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.getKey(),
                    () ->
                        assertThatThrownBy(() -> accepted(attack.getValue()))
                            .isInstanceOf(SamlRefusal.class)))
        .toList();
  }

  @Test
  void what_the_attacks_start_from_is_believed() {
    assertThat(accepted(draft().signedAssertion(KEY)).id()).isNotEmpty();
    assertThat(accepted(draft().signedResponse(KEY)).id()).isNotEmpty();
    assertThat(Forgeries.wrapped(draft().signedAssertion(KEY), "eve@example.com"))
        .contains("eve@example.com", "ada@example.com");
  }

  private static String one() {
    ResponseForger forger = ResponseForger.of(draft().signedResponse(KEY));
    Element signature = XmlSignatures.of(forger.root()).orElseThrow();
    Element forged = forger.forgedResponse("_evil");
    Element moved = (Element) signature.cloneNode(true);
    moved.appendChild(forger.root().cloneNode(true));
    forged.insertBefore(moved, SamlXml.required(forged, SamlXml.PROTOCOL, "Status"));
    return SamlXml.write(forged);
  }

  private static String two() {
    ResponseForger forger = ResponseForger.of(draft().signedResponse(KEY));
    Element forged = forger.forgedResponse("_evil");
    Element signature = XmlSignatures.of(forger.root()).orElseThrow();
    Element status = SamlXml.required(forged, SamlXml.PROTOCOL, "Status");
    forged.insertBefore(forger.root().cloneNode(true), status);
    forged.insertBefore(signature.cloneNode(true), status);
    return SamlXml.write(forged);
  }

  private static String three() {
    return Forgeries.wrapped(draft().signedAssertion(KEY), "eve@example.com");
  }

  private static String four() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element signed = forger.assertion();
    Element forged = forger.forged("_evil");
    forger.root().replaceChild(forged, signed);
    forged.appendChild(signed);
    return forger.write();
  }

  private static String five() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element signed = forger.assertion();
    Element forged = forger.forged("_evil");
    Element signature = XmlSignatures.of(signed).orElseThrow();
    signed.removeChild(signature);
    forged.insertBefore(signature, SamlXml.required(forged, SamlXml.ASSERTION, "Subject"));
    forger.root().insertBefore(forged, signed);
    return forger.write();
  }

  private static String six() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element signed = forger.assertion();
    Element forged = forger.forged("_evil");
    Element signature = XmlSignatures.of(signed).orElseThrow();
    forger.root().replaceChild(forged, signed);
    signed.removeChild(signature);
    signature.appendChild(signed);
    forged.insertBefore(signature, SamlXml.required(forged, SamlXml.ASSERTION, "Subject"));
    return forger.write();
  }

  private static String seven(String id) {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element extensions = forger.document().createElementNS(SamlXml.PROTOCOL, "samlp:Extensions");
    extensions.appendChild(forger.forged(id));
    forger.root().insertBefore(extensions, forger.assertion());
    return forger.write();
  }

  private static String eight() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element signed = forger.assertion();
    Element forged = forger.forged("_evil");
    Element signature = XmlSignatures.of(signed).orElseThrow();
    forger.root().replaceChild(forged, signed);
    signed.removeChild(signature);
    Element object = forger.document().createElementNS(SamlXml.SIGNATURE, "ds:Object");
    object.appendChild(signed);
    signature.appendChild(object);
    forged.insertBefore(signature, SamlXml.required(forged, SamlXml.ASSERTION, "Subject"));
    return forger.write();
  }

  private static String nine() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    Element signed = forger.assertion();
    forger.root().insertBefore(forger.forged(signed.getAttributeNS(null, "ID")), signed);
    return forger.write();
  }

  private static String ten() {
    ResponseForger forger = ResponseForger.of(draft().signedAssertion(KEY));
    forger.root().appendChild(forger.forged("_evil"));
    return forger.write();
  }

  private static String eleven() {
    String signed = draft().signedAssertion(KEY);
    return signed.replace(
        "<saml:Assertion ", "<samlp:Extensions ID=\"_response-1-a\"/><saml:Assertion ");
  }

  @Test
  void a_signature_in_another_form_than_samls_is_refused_though_it_is_the_providers() {
    String signed = draft().signedAssertion(KEY);
    String id = "URI=\"#_response-1-a\"";
    assertThat(signed).contains(id);
    Map<String, String> forms = new TreeMap<>();
    forms.put("the whole document", signed.replace(id, "URI=\"\""));
    forms.put("another element", signed.replace(id, "URI=\"#_response-1\""));
    forms.put("a file", signed.replace(id, "URI=\"file:///etc/passwd\""));
    forms.put("an address", signed.replace(id, "URI=\"http://127.0.0.1:1/x\""));
    forms.put("SHA-1", signed.replace("xmldsig-more#rsa-sha256", "xmldsig#rsa-sha1"));
    forms.put("HMAC", signed.replace("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"));
    forms.put(
        "a style sheet",
        signed.replace(
            "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
            "http://www.w3.org/TR/1999/REC-xslt-19991116"));
    forms.put(
        "an XPath",
        signed.replaceFirst(
            "Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
            "Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\""));
    forms.forEach(
        (form, response) -> {
          assertThat(response).as(form).isNotEqualTo(signed);
          assertThatThrownBy(() -> accepted(response))
              .as(form)
              .isInstanceOfSatisfying(
                  SamlRefusal.class,
                  refusal -> assertThat(refusal.text()).contains("form that SAML allows"));
        });
  }
}
