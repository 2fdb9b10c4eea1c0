package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside Cognito: identity providers, Route 53, and in each Region KMS and WAF, each
 * started when it is first asked for. Thread-safe.
 */
final class Neighbours implements AutoCloseable {
  private static final String ZONE = "example.test";

  private final EmulatedCognito cognito;
  private final InstantSource clock;
  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final Map<RegionRole, EmulatedKms> kms = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, EmulatedWaf> waf = new EnumMap<>(RegionRole.class);
  private @Nullable EmulatedIdentityProvider identityProvider;
  private @Nullable EmulatedSamlProvider samlProvider;
  private final Map<SocialProvider, EmulatedSocialProvider> social =
      new EnumMap<>(SocialProvider.class);
  private @Nullable EmulatedRoute53 route53;
  private boolean closed;

  /** Nothing is started yet. */
  Neighbours(EmulatedCognito cognito, LongSupplier nanoTime) {
    this.cognito = cognito;
    this.clock = cognito.clock();
    this.random = cognito.random();
    this.nanoTime = nanoTime;
  }

  synchronized EmulatedIdentityProvider identityProvider() {
    requireOpen();
    if (identityProvider == null) {
      ProviderService service = new ProviderService(clock, random);
      identityProvider =
          new EmulatedIdentityProvider(service, EmulatorHttpServer.start(0, service, nanoTime));
    }
    return identityProvider;
  }

  synchronized EmulatedSamlProvider samlProvider() {
    requireOpen();
    if (samlProvider == null) {
      SamlProviderService service = new SamlProviderService(clock, random);
      samlProvider =
          new EmulatedSamlProvider(service, EmulatorHttpServer.start(0, service, nanoTime));
    }
    return samlProvider;
  }

  synchronized EmulatedSocialProvider socialProvider(SocialProvider provider) {
    requireOpen();
    return social.computeIfAbsent(
        provider,
        of -> {
          SocialProviderService service = new SocialProviderService(of, clock, random);
          EmulatorHttpServer server = EmulatorHttpServer.start(0, service, nanoTime);
          cognito.counterparts().put(of, URI.create("http://127.0.0.1:" + server.port()));
          return new EmulatedSocialProvider(service, server);
        });
  }

  synchronized EmulatedRoute53 route53() {
    requireOpen();
    if (route53 == null) {
      HealthChecks checks = cognito.healthChecks();
      HostedZone zone = new HostedZone("Z0TWINPOOL", ZONE, checks);
      Route53Service service =
          new Route53Service(
              new HealthCheckApi(checks, clock),
              new RecordSetApi(zone, clock, cognito.names(), cognito.delays().consistency()));
      EmulatorHttpServer server = EmulatorHttpServer.start(0, service, nanoTime);
      route53 = new EmulatedRoute53(checks, zone, service, server);
    }
    return route53;
  }

  synchronized EmulatedKms kms(RegionRole role) {
    requireOpen();
    return kms.computeIfAbsent(
        role,
        of -> {
          KmsApi api =
              new KmsApi(
                  cognito.keys(), of, cognito.names(), clock, cognito.delays().consistency());
          JsonService service =
              new JsonService("TrentService", "kms", cognito.names(), api.operations());
          return new EmulatedKms(service, EmulatorHttpServer.start(0, service, nanoTime));
        });
  }

  synchronized EmulatedWaf waf(RegionRole role) {
    requireOpen();
    return waf.computeIfAbsent(
        role,
        of -> {
          JsonService service =
              new JsonService(
                  "AWSWAF_20190729",
                  "wafv2",
                  cognito.names(),
                  new WafApi(cognito, of).operations());
          return new EmulatedWaf(service, EmulatorHttpServer.start(0, service, nanoTime));
        });
  }

  /** All checkers of the domain's health check see it so. */
  void domainSeen(boolean healthy) {
    cognito.healthChecks().first().see(healthy ? HealthCheck.CHECKERS : 0);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The emulator is closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (identityProvider != null) {
      identityProvider.close();
    }
    if (samlProvider != null) {
      samlProvider.close();
    }
    social.values().forEach(EmulatedSocialProvider::close);
    if (route53 != null) {
      route53.close();
    }
    kms.values().forEach(EmulatedService::close);
    waf.values().forEach(EmulatedService::close);
  }
}
