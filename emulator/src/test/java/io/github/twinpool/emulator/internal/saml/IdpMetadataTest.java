package io.github.twinpool.emulator.internal.saml;

import static io.github.twinpool.emulator.internal.saml.SamlFixture.KEY;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.NOW;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.STRANGER;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from the metadata of an identity provider. */
class IdpMetadataTest {
  private static IdpMetadata read(String xml) {
    return IdpMetadata.read(SamlXml.bytes(xml), NOW);
  }

  private static void refused(String xml, String reason) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOfSatisfying(
            SamlRefusal.class, refusal -> assertThat(refusal.text()).contains(reason));
  }

  @Test
  void metadata_that_was_written_is_read_again() {
    assertThat(read(metadata().toXml())).isEqualTo(metadata());
  }

  @Test
  void all_signing_certificates_count_and_those_for_encryption_do_not() {
    IdpMetadata two =
        new IdpMetadata(
            metadata().entityId(),
            metadata().signOn(),
            metadata().signOut(),
            List.of(KEY.certificate(), STRANGER.certificate()));
    assertThat(read(two.toXml()).certificates()).hasSize(2);
    assertThat(read(two.toXml().replaceFirst("use=\"signing\"", "use=\"encryption\"")))
        .extracting(it -> it.certificates())
        .isEqualTo(List.of(STRANGER.certificate()));
    assertThat(read(two.toXml().replaceFirst(" use=\"signing\"", "")).certificates()).hasSize(2);
  }

  @Test
  void a_certificate_that_has_expired_or_is_too_long_or_none_is_refused() {
    SamlKey old = SamlKey.fresh(SamlFixture.RANDOM, "old", NOW.minus(Duration.ofDays(3_700)));
    IdpMetadata expired =
        new IdpMetadata(
            metadata().entityId(),
            metadata().signOn(),
            metadata().signOut(),
            List.of(old.certificate()));
    refused(expired.toXml(), "expired");
    String certificate = KEY.certificateText();
    refused(metadata().toXml().replace(certificate, "A".repeat(4_097)), "4096");
    refused(metadata().toXml().replace(certificate, "AAAA"), "cannot be read");
    refused(metadata().toXml().replace("use=\"signing\"", "use=\"encryption\""), "no signing");
  }

  @Test
  void another_document_another_role_and_other_bindings_are_refused() {
    refused("<a/>", "EntityDescriptor");
    refused(metadata().toXml().replace("IDPSSO", "SPSSO"), "IDPSSODescriptor");
    refused(metadata().toXml().replace(" entityID=\"" + SamlFixture.IDP + "\"", ""), "entityID");
    refused(metadata().toXml().replace("HTTP-Redirect", "SOAP"), "SingleSignOnService");
    refused("<!DOCTYPE r>" + metadata().toXml(), "document type");
  }
}
