package io.github.twinpool.emulator.internal.saml;

import static io.github.twinpool.emulator.internal.saml.SamlFixture.KEY;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.NOW;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.RANDOM;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.READER;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.STRANGER;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.accepted;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.check;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.draft;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.unsolicited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which responses are believed. (Source: SAML 2.0 Core and Profiles, and the developer guide.) */
class ResponseCheckTest {
  private static void refused(String response, String reason) {
    refused(check(), response, reason);
  }

  private static void refused(ResponseCheck check, String response, String reason) {
    assertThatThrownBy(() -> check.verified(SamlXml.bytes(response)))
        .isInstanceOfSatisfying(
            SamlRefusal.class, refusal -> assertThat(refusal.text()).contains(reason));
  }

  @Test
  void a_signed_assertion_is_believed_with_all_that_it_says() {
    VerifiedAssertion assertion = accepted(draft().signedAssertion(KEY));
    assertThat(assertion.nameId()).isEqualTo(new NameId("ada@example.com", NameId.PERSISTENT));
    assertThat(assertion.sessionIndex()).contains("_session-1");
    assertThat(assertion.id()).isEqualTo("_response-1-a");
    assertThat(assertion.attributes())
        .containsEntry("email", List.of("ada@example.com"))
        .containsEntry("groups", List.of("a", "b & <c>"));
  }

  @Test
  void a_signed_response_is_believed_and_so_is_one_that_is_signed_twice() {
    assertThat(accepted(draft().signedResponse(KEY)).nameId().value()).isEqualTo("ada@example.com");
    assertThat(accepted(draft().signedTwice(KEY)).nameId().value()).isEqualTo("ada@example.com");
  }

  @Test
  void each_of_several_certificates_may_have_signed() {
    IdpMetadata two =
        new IdpMetadata(
            SamlFixture.IDP,
            "https://idp.example/sso",
            Optional.empty(),
            List.of(STRANGER.certificate(), KEY.certificate()));
    ResponseCheck check =
        new ResponseCheck(
            two,
            SamlFixture.SP,
            SamlFixture.ACS,
            Optional.of(SamlFixture.REQUEST),
            Optional.empty(),
            NOW);
    assertThat(check.verified(SamlXml.bytes(draft().signedAssertion(KEY))).id()).isNotEmpty();
    assertThat(check.verified(SamlXml.bytes(draft().signedAssertion(STRANGER))).id()).isNotEmpty();
  }

  @Test
  void no_signature_and_a_strangers_are_refused() {
    refused(draft().unsigned(), "Neither the response nor the assertion is signed");
    refused(draft().signedAssertion(STRANGER), "SAML Assertion signature is invalid");
    refused(draft().signedResponse(STRANGER), "SAML Response signature is invalid");
  }

  @Test
  void a_good_signature_of_the_assertion_does_not_make_up_for_a_bad_one_of_the_response() {
    String twice = draft().signedTwice(KEY);
    refused(
        twice.replace("ID=\"_response-1\"", "ID=\"_response-1\" Consent=\"urn:x\""),
        "SAML Response signature is invalid");
  }

  @Test
  void what_was_changed_after_it_was_signed_is_refused() {
    String signed = draft().signedAssertion(KEY);
    refused(Forgeries.tampered(signed, "eve@example.com"), "signature is invalid");
    refused(signed.replace("b &amp; ", "b "), "signature is invalid");
    refused(signed.replace("NotOnOrAfter=\"2026", "NotOnOrAfter=\"2036"), "signature is invalid");
  }

  @Test
  void a_comment_does_not_cut_the_name() {
    String commented =
        draft("admin@example.com.evil.example")
            .signedAssertion(KEY)
            .replace("admin@example.com.", "admin@example.com<!-- -->.");
    assertThat(commented).contains("<!-- -->");
    assertThat(accepted(commented).nameId().value()).isEqualTo("admin@example.com.evil.example");
    String other = Forgeries.commented(draft().signedAssertion(KEY));
    assertThat(other).contains("a<!---->da");
    assertThat(accepted(other).nameId().value()).isEqualTo("ada@example.com");
  }

  @Test
  void a_document_type_is_refused_whatever_it_declares() {
    String signed = draft().signedAssertion(KEY);
    refused(Forgeries.withDocumentType(signed), "document type");
    refused("<!DOCTYPE r>" + signed, "document type");
    refused(
        "<!DOCTYPE r [<!ENTITY a \"" + "x".repeat(100) + "\"><!ENTITY b \"&a;&a;&a;\">]>" + signed,
        "document type");
  }

  @Test
  void what_is_no_response_is_refused() {
    refused("", "well-formed");
    refused("ada", "well-formed");
    refused("<a/>", "no Response");
    refused("<Response/>", "no Response");
    refused("<a>".repeat(100) + "</a>".repeat(100), "well-formed");
    refused("<a>" + " ".repeat(2_000_000) + "</a>", "too long");
  }

  @Test
  void another_issuer_audience_or_recipient_is_refused() {
    refused(draft().issuer("https://evil.example").signedAssertion(KEY), "issuer");
    refused(draft().audience(SamlFixture.SP + "x").signedAssertion(KEY), "Audience");
    refused(draft().recipient(SamlFixture.ACS + "/x").signedAssertion(KEY), "destination");
    String elsewhere = draft().recipient(SamlFixture.ACS + "/x").signedAssertion(KEY);
    refused(elsewhere.replace(" Destination=\"" + SamlFixture.ACS + "/x\"", ""), "recipient");
  }

  @Test
  void an_answer_to_another_request_or_to_none_is_refused() {
    refused(draft().inResponseTo(Optional.of("_other")).signedAssertion(KEY), "InResponseTo");
    refused(draft().inResponseTo(Optional.empty()).signedAssertion(KEY), "InResponseTo");
    String other = draft().inResponseTo(Optional.of("_other")).signedAssertion(KEY);
    // Outside the signature it can be changed, inside it cannot.
    refused(
        other.replaceFirst("InResponseTo=\"_other\"", "InResponseTo=\"_request-1\""),
        "this request");
  }

  @Test
  void an_assertion_is_good_for_its_time() {
    String signed = draft().valid(NOW, NOW.plusSeconds(60)).signedAssertion(KEY);
    assertThat(check(NOW).verified(SamlXml.bytes(signed)).id()).isNotEmpty();
    assertThat(check(NOW.plusSeconds(59)).verified(SamlXml.bytes(signed)).id()).isNotEmpty();
    refused(check(NOW.plusSeconds(60)), signed, "time left");
    refused(check(NOW.minusMillis(1)), signed, "not yet valid");
  }

  @Test
  void without_a_request_there_must_be_no_answer_to_one_and_six_minutes_at_most() {
    String plain =
        draft()
            .inResponseTo(Optional.empty())
            .valid(NOW, NOW.plusSeconds(3_600))
            .signedAssertion(KEY);
    assertThat(unsolicited(NOW).verified(SamlXml.bytes(plain)).id()).isNotEmpty();
    assertThat(unsolicited(NOW.plusSeconds(360)).verified(SamlXml.bytes(plain)).id()).isNotEmpty();
    refused(unsolicited(NOW.plusSeconds(361)), plain, "six minutes");
    refused(unsolicited(NOW), draft().signedAssertion(KEY), "InResponseTo");
  }

  @Test
  void a_denial_is_told_from_a_bad_response() {
    assertThatThrownBy(() -> accepted(draft().denied()))
        .isInstanceOfSatisfying(
            SamlRefusal.class,
            refusal -> {
              assertThat(refusal.isDenied()).isTrue();
              assertThat(refusal.text())
                  .isEqualTo("urn:oasis:names:tc:SAML:2.0:status:RequestDenied");
            });
    String odd = draft().denied().replace(Messages.REQUEST_DENIED, "&lt;script&gt;");
    refused(odd, "unknown status");
  }

  @Test
  void a_condition_that_is_not_understood_is_refused() {
    String strange =
        draft()
            .unsigned()
            .replace(
                "<saml:AudienceRestriction>",
                "<x:Condition xmlns:x=\"urn:x\"/><saml:AudienceRestriction>");
    refused(signed(strange), "not understood");
    String once =
        draft()
            .unsigned()
            .replace("<saml:AudienceRestriction>", "<saml:OneTimeUse/><saml:AudienceRestriction>");
    assertThat(accepted(signed(once)).id()).isNotEmpty();
    String none = draft().unsigned().replaceAll("<saml:AudienceRestriction>.*Restriction>", "");
    refused(signed(none), "Audience");
  }

  @Test
  void a_bearer_confirmation_is_needed_that_begins_at_once() {
    String other = draft().unsigned().replace(":cm:bearer", ":cm:holder-of-key");
    refused(signed(other), "recipient");
    String later =
        draft()
            .unsigned()
            .replace(
                "<saml:SubjectConfirmationData ",
                "<saml:SubjectConfirmationData NotBefore=\"2026-11-28T09:00:00Z\" ");
    refused(signed(later), "recipient");
  }

  @Test
  void a_session_that_has_ended_a_name_that_is_empty_and_a_version_that_is_old_are_refused() {
    String ended =
        draft()
            .unsigned()
            .replace(
                "<saml:AuthnStatement ",
                "<saml:AuthnStatement SessionNotOnOrAfter=\"2026-11-28T10:00:01Z\" ");
    refused(signed(ended), "session");
    refused(draft(" ").signedAssertion(KEY), "NameID is empty");
    refused(
        signed(
            draft()
                .unsigned()
                .replaceAll(
                    "Version=\"2.0\" ID=\"_response-1-a\"",
                    "Version=\"1.1\" ID=\"_response-1-a\"")),
        "version");
    refused(
        signed(draft().unsigned().replaceAll("<saml:AuthnStatement.*</saml:AuthnStatement>", "")),
        "AuthnStatement");
    refused(signed(draft().unsigned().replace("2026-11-28T10:05:00Z", "soon")), "no time in UTC");
  }

  /** A response as it stands, with a signed assertion. */
  private static String signed(String response) {
    return ResponseForger.of(response).signAssertion().write();
  }

  @Test
  void an_encrypted_assertion_is_read_and_a_plain_one_is_then_refused() {
    String encrypted = draft().encrypted(KEY, READER.certificate(), RANDOM);
    assertThat(encrypted).doesNotContain("ada@example.com");
    ResponseCheck check = SamlFixture.encrypted();
    assertThat(check.verified(SamlXml.bytes(encrypted)).nameId().value())
        .isEqualTo("ada@example.com");
    refused(check, draft().signedAssertion(KEY), "not encrypted");
    refused(check(), encrypted, "is encrypted");
  }

  @Test
  void an_assertion_that_is_encrypted_for_another_or_signed_by_another_is_refused() {
    ResponseCheck check = SamlFixture.encrypted();
    refused(check, draft().encrypted(KEY, STRANGER.certificate(), RANDOM), "cannot be decrypted");
    refused(check, draft().encrypted(STRANGER, READER.certificate(), RANDOM), "is invalid");
    String encrypted = draft().encrypted(KEY, READER.certificate(), RANDOM);
    refused(check, encrypted.replace("aes256-gcm", "aes256-cbc"), "");
    refused(check, encrypted.replace("rsa-oaep-mgf1p", "rsa-1_5"), "cannot be decrypted");
    refused(
        check,
        encrypted.replaceAll("<xenc:CipherValue>[^<]*<", "<xenc:CipherValue>AAAA<"),
        "cannot be decrypted");
  }
}
