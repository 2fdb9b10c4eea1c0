package io.github.twinpool.emulator;

import java.util.Optional;
import java.util.stream.Stream;

/** The types of identity providers, with the claim that tells their users apart. */
enum ProviderType {
  OIDC("OIDC", "sub"),
  SAML("SAML", "NameID"),
  GOOGLE(SocialProvider.GOOGLE.providerName(), "sub"),
  FACEBOOK(SocialProvider.FACEBOOK.providerName(), "id"),
  AMAZON(SocialProvider.AMAZON.providerName(), "user_id"),
  APPLE(SocialProvider.APPLE.providerName(), "sub");

  private final String wire;
  private final String subject;

  ProviderType(String wire, String subject) {
    this.wire = wire;
    this.subject = subject;
  }

  /** The type that the API calls so, which the request's shape has checked. */
  static ProviderType of(String wire) {
    return Stream.of(values()).filter(it -> it.wire.equals(wire)).findFirst().orElseThrow();
  }

  /** What the API calls it. */
  String wire() {
    return wire;
  }

  /**
   * The claim that user names are made of. (Source: developer guide, Mapping IdP attributes to
   * profiles and tokens.)
   */
  String subject() {
    return subject;
  }

  Optional<SocialProvider> social() {
    return Stream.of(SocialProvider.values())
        .filter(it -> it.providerName().equals(wire))
        .findFirst();
  }
}
