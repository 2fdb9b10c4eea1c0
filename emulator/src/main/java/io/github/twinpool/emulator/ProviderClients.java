package io.github.twinpool.emulator;

import java.net.URI;
import java.util.Map;

/** How one Region's side of a domain deals with identity providers of each type. Thread-safe. */
final class ProviderClients {
  private final OidcClient oidc;
  private final SocialClient social;
  private final SamlMetadata metadata;

  ProviderClients(ProviderHttp http, Map<SocialProvider, URI> counterparts) {
    oidc = new OidcClient(http);
    social = new SocialClient(http, counterparts);
    metadata = new SamlMetadata(http);
  }

  OidcClient oidc() {
    return oidc;
  }

  SocialClient social() {
    return social;
  }

  SamlMetadata metadata() {
    return metadata;
  }
}
