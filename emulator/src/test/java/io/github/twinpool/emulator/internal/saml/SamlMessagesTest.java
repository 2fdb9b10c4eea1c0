package io.github.twinpool.emulator.internal.saml;

import static io.github.twinpool.emulator.internal.saml.SamlFixture.ACS;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.KEY;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.NOW;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.SP;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.STRANGER;
import static io.github.twinpool.emulator.internal.saml.SamlFixture.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests in redirects, answers to sign-outs, and certificates. */
class SamlMessagesTest {
  private static final String IDP = "https://idp.example/sso";
  private static final String LOGOUT = "https://login.example/saml2/logout";

  private static String query(String address) {
    return address.substring(address.indexOf('?') + 1);
  }

  @Test
  void a_request_goes_through_a_redirect_and_comes_out_as_it_was() {
    AuthnRequest request = new AuthnRequest("_1", SP, IDP, ACS, NOW);
    String address =
        RedirectBinding.address(IDP, request.toXml(), "relay state&=", Optional.empty());
    assertThat(address).startsWith(IDP + "?SAMLRequest=").doesNotContain("Signature");
    assertThat(AuthnRequest.read(RedirectBinding.request(query(address), Optional.empty())))
        .isEqualTo(request);
    LogoutRequest logout =
        new LogoutRequest(
            "_2", SP, IDP, new NameId("a & <b>", NameId.PERSISTENT), Optional.of("_session"), NOW);
    String out = RedirectBinding.address(IDP + "?a=b", logout.toXml(), "r", Optional.of(KEY));
    assertThat(out).startsWith(IDP + "?a=b&SAMLRequest=");
    String signed = out.substring(out.indexOf("SAMLRequest"));
    assertThat(LogoutRequest.read(RedirectBinding.request(signed, Optional.of(KEY.certificate()))))
        .isEqualTo(logout);
  }

  @Test
  void a_signature_of_a_redirect_covers_request_and_relay_state() {
    String xml = new AuthnRequest("_1", SP, IDP, ACS, NOW).toXml();
    String signed = query(RedirectBinding.address(IDP, xml, "relay", Optional.of(KEY)));
    Optional<X509Certificate> key = Optional.of(KEY.certificate());
    assertThat(RedirectBinding.request(signed, key)).isNotEmpty();
    String unsigned = query(RedirectBinding.address(IDP, xml, "relay", Optional.empty()));
    for (String bad :
        new String[] {
          signed.replace("relay", "other"),
          signed.replace("SAMLRequest=", "SAMLRequest=A"),
          signed.replace("sha256", "sha1"),
          unsigned,
          signed + "&RelayState=relay",
          signed.replaceAll("&Signature=.*", "&Signature=!")
        }) {
      assertThatThrownBy(() -> RedirectBinding.request(bad, key)).isInstanceOf(SamlRefusal.class);
    }
    assertThatThrownBy(() -> RedirectBinding.request(signed, Optional.of(STRANGER.certificate())))
        .isInstanceOf(SamlRefusal.class);
  }

  @Test
  void a_request_that_inflates_beyond_measure_is_refused() {
    String bomb = query(RedirectBinding.address(IDP, "x".repeat(100_001), "r", Optional.empty()));
    assertThat(bomb.length()).isLessThan(1_000);
    assertThatThrownBy(() -> RedirectBinding.request(bomb, Optional.empty()))
        .isInstanceOf(SamlRefusal.class);
    for (String bad : new String[] {"", "SAMLRequest=", "SAMLRequest=AAAA", "SAMLRequest=%zz"}) {
      assertThatThrownBy(() -> RedirectBinding.request(bad, Optional.empty()))
          .isInstanceOf(SamlRefusal.class);
    }
  }

  @Test
  void an_answer_to_a_sign_out_must_be_signed_and_for_this_request() {
    LogoutResponse response = new LogoutResponse("_3", SamlFixture.IDP, LOGOUT, "_2", NOW);
    byte[] good = SamlXml.bytes(response.toXml(KEY));
    LogoutResponse.check(good, metadata(), LOGOUT, "_2");
    assertThatThrownBy(() -> LogoutResponse.check(good, metadata(), LOGOUT, "_other"))
        .isInstanceOf(SamlRefusal.class);
    assertThatThrownBy(() -> LogoutResponse.check(good, metadata(), LOGOUT + "x", "_2"))
        .isInstanceOf(SamlRefusal.class);
    for (String bad :
        new String[] {
          response.toXml(STRANGER),
          response.toXml(KEY).replaceAll("(?s)<ds:Signature .*</ds:Signature>", ""),
          response.toXml(KEY).replace("_2", "_4"),
          new LogoutResponse("_3", "https://evil.example", LOGOUT, "_2", NOW).toXml(KEY)
        }) {
      assertThatThrownBy(() -> LogoutResponse.check(SamlXml.bytes(bad), metadata(), LOGOUT, "_2"))
          .isInstanceOf(SamlRefusal.class);
    }
  }

  @Test
  void a_text_goes_on_behind_a_comment_and_holds_no_elements() {
    assertThat(SamlXml.text(SamlXml.parse(SamlXml.bytes("<a> x<!-- -->y<?p?>z </a>"))))
        .isEqualTo("xyz");
    assertThatThrownBy(() -> SamlXml.text(SamlXml.parse(SamlXml.bytes("<a>x<b/></a>"))))
        .isInstanceOf(SamlRefusal.class);
  }

  @Test
  void a_certificate_is_valid_for_ten_years_and_signed_by_its_own_key() throws Exception {
    X509Certificate certificate = SamlKey.certificate(KEY.certificateText());
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=idp");
    assertThat(certificate.getNotAfter()).isAfter("2036-11-20").isBefore("2036-12-10");
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + KEY.certificateText().replaceAll("(.{64})", "$1\n")
            + "\n-----END CERTIFICATE-----\n";
    assertThat(SamlKey.certificate(pem)).isEqualTo(certificate);
    assertThat(KEY).hasToString("SamlKey[…]");
  }
}
