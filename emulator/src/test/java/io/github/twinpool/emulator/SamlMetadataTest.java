package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Metadata from a URL, over the hours. (Source: developer guide, rotation of certificates.) */
class SamlMetadataTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private final SecureRandom random = new SecureRandom();
  private final IdpMetadata first = metadata("first");
  private final IdpMetadata second = metadata("second");
  private volatile Optional<IdpMetadata> published = Optional.of(second);

  private IdpMetadata metadata(String name) {
    SamlKey key = SamlKey.fresh(random, name, NOW);
    return new IdpMetadata(
        "https://idp.example",
        "https://idp.example/sso",
        Optional.empty(),
        List.of(SamlKey.certificate(key.certificateText())));
  }

  private static IdentityProvider provider(
      Map<String, String> details, IdpMetadata metadata, Instant modified) {
    return new IdentityProvider(
        "us-east-1_EXAMPLE",
        "Corp",
        ProviderType.SAML,
        details,
        Map.of(),
        List.of(),
        Optional.of(metadata),
        Optional.empty(),
        NOW,
        modified);
  }

  @Test
  void it_is_fetched_again_after_six_hours_and_stays_while_it_cannot_be() {
    EmulatorHttpServer.Handler handler =
        request ->
            published
                .map(metadata -> DomainReply.page(200, metadata.toXml()))
                .orElseGet(() -> DomainReply.page(503, ""));
    try (EmulatorHttpServer server = EmulatorHttpServer.start(0, handler, System::nanoTime)) {
      SamlMetadata known = new SamlMetadata(new ProviderHttp());
      Map<String, String> details =
          Map.of("MetadataURL", "http://127.0.0.1:" + server.port() + "/metadata");
      IdentityProvider provider = provider(details, first, NOW);

      assertThat(known.current(provider, NOW.plus(SIX_HOURS).minusMillis(1))).isEqualTo(first);
      assertThat(known.current(provider, NOW.plus(SIX_HOURS))).isEqualTo(second);
      published = Optional.of(first);
      assertThat(known.current(provider, NOW.plus(SIX_HOURS).plusSeconds(1))).isEqualTo(second);
      published = Optional.empty();
      Instant later = NOW.plus(SIX_HOURS).plus(SIX_HOURS);
      assertThat(known.current(provider, later)).isEqualTo(second);
      published = Optional.of(first);
      assertThat(known.current(provider, later)).isEqualTo(first);

      IdentityProvider changed = provider(details, second, later.plusSeconds(1));
      assertThat(known.current(changed, later.plusSeconds(2)))
          .as("an update counts at once")
          .isEqualTo(second);
    }
  }

  @Test
  void other_hosts_than_loopback_are_asked_at_the_usual_ports_only() {
    for (String good :
        List.of(
            "http://127.0.0.1:8080/m",
            "http://localhost:1/m",
            "https://idp.example/m",
            "http://idp.example:80/m",
            "HTTPS://idp.example:443/m")) {
      assertThat(SamlMetadata.isFetched(URI.create(good))).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "http://idp.example:8080/m", "http://127.1:8080/m", "file:///m", "ftp://a/m", "/m")) {
      assertThat(SamlMetadata.isFetched(URI.create(bad))).as(bad).isFalse();
    }
  }

  @Test
  void a_file_is_never_fetched() {
    SamlMetadata known = new SamlMetadata(new ProviderHttp());
    IdentityProvider provider = provider(Map.of("MetadataFile", "…"), first, NOW);
    assertThat(known.current(provider, NOW.plus(Duration.ofDays(1)))).isEqualTo(first);
  }
}
