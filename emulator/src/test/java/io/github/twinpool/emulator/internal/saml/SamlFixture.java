package io.github.twinpool.emulator.internal.saml;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An identity provider, a service provider, a stranger, and what they say to each other. */
final class SamlFixture {
  static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  static final String IDP = "https://idp.example/metadata";
  static final String SP = "urn:amazon:cognito:sp:us-east-1_EXAMPLE";
  static final String ACS = "https://login.example/saml2/idpresponse";
  static final String REQUEST = "_request-1";
  static final SecureRandom RANDOM = new SecureRandom();
  static final SamlKey KEY = SamlKey.fresh(RANDOM, "idp", NOW);
  static final SamlKey READER = SamlKey.fresh(RANDOM, "sp", NOW);
  static final SamlKey STRANGER = SamlKey.fresh(RANDOM, "stranger", NOW);

  private SamlFixture() {}

  static IdpMetadata metadata() {
    return new IdpMetadata(
        IDP,
        "https://idp.example/sso",
        Optional.of("https://idp.example/slo"),
        List.of(KEY.certificate()));
  }

  static ResponseDraft draft() {
    return draft("ada@example.com");
  }

  static ResponseDraft draft(String name) {
    return new ResponseDraft(
            "_response-1",
            IDP,
            SP,
            ACS,
            Optional.of(REQUEST),
            new NameId(name, NameId.PERSISTENT),
            "_session-1",
            NOW)
        .attribute("email", List.of("ada@example.com"))
        .attribute("groups", List.of("a", "b & <c>"));
  }

  static ResponseCheck check() {
    return check(NOW.plusSeconds(1));
  }

  static ResponseCheck check(Instant now) {
    return new ResponseCheck(metadata(), SP, ACS, Optional.of(REQUEST), Optional.empty(), now);
  }

  /** Expects a response that answers no request. */
  static ResponseCheck unsolicited(Instant now) {
    return new ResponseCheck(metadata(), SP, ACS, Optional.empty(), Optional.empty(), now);
  }

  static ResponseCheck encrypted() {
    return new ResponseCheck(
        metadata(),
        SP,
        ACS,
        Optional.of(REQUEST),
        Optional.of(READER.privateKey()),
        NOW.plusSeconds(1));
  }

  static VerifiedAssertion accepted(String response) {
    return check().verified(SamlXml.bytes(response));
  }
}
