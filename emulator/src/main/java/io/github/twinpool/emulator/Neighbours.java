package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Ports.Listener;
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

  private final InstantSource clock;
  private final SecureRandom random;
  private final Ports ports;
  private final LongSupplier nanoTime;
  private final Map<RegionRole, EmulatedKms> kms = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, EmulatedWaf> waf = new EnumMap<>(RegionRole.class);
  private EmulatedCognito cognito;
  private @Nullable EmulatedIdentityProvider identityProvider;
  private @Nullable EmulatedSamlProvider samlProvider;
  private final Map<SocialProvider, EmulatedSocialProvider> social =
      new EnumMap<>(SocialProvider.class);
  private @Nullable EmulatedRoute53 route53;
  private boolean closed;

  /** Nothing is started yet. */
  Neighbours(EmulatedCognito cognito, Ports ports, LongSupplier nanoTime) {
    this.cognito = cognito;
    this.clock = cognito.clock();
    this.random = cognito.random();
    this.ports = ports;
    this.nanoTime = nanoTime;
  }

  synchronized EmulatedIdentityProvider identityProvider() {
    requireOpen();
    if (identityProvider == null) {
      CurrentService<ProviderService> service =
          new CurrentService<>(new ProviderService(clock, random));
      identityProvider =
          new EmulatedIdentityProvider(service, start(Listener.IDENTITY_PROVIDER, service));
    }
    return identityProvider;
  }

  private EmulatorHttpServer start(Listener listener, EmulatorHttpServer.Handler handler) {
    return EmulatorHttpServer.start(ports.of(listener), handler, nanoTime);
  }

  synchronized EmulatedSamlProvider samlProvider() {
    requireOpen();
    if (samlProvider == null) {
      CurrentService<SamlProviderService> service =
          new CurrentService<>(new SamlProviderService(clock, random));
      samlProvider = new EmulatedSamlProvider(service, start(Listener.SAML_PROVIDER, service));
    }
    return samlProvider;
  }

  synchronized EmulatedSocialProvider socialProvider(SocialProvider provider) {
    requireOpen();
    return social.computeIfAbsent(
        provider,
        of -> {
          CurrentService<SocialProviderService> service =
              new CurrentService<>(new SocialProviderService(of, clock, random));
          EmulatedSocialProvider started =
              new EmulatedSocialProvider(service, start(listener(of), service));
          cognito.counterparts().put(of, started.endpoint());
          return started;
        });
  }

  private static Listener listener(SocialProvider provider) {
    return switch (provider) {
      case GOOGLE -> Listener.GOOGLE;
      case FACEBOOK -> Listener.FACEBOOK;
      case APPLE -> Listener.APPLE;
      case AMAZON -> Listener.AMAZON;
    };
  }

  synchronized EmulatedRoute53 route53() {
    requireOpen();
    if (route53 == null) {
      CurrentService<Route53Service> service = new CurrentService<>(route53Service());
      route53 = new EmulatedRoute53(service, start(Listener.ROUTE53, service));
    }
    return route53;
  }

  private Route53Service route53Service() {
    HealthChecks checks = cognito.healthChecks();
    return new Route53Service(
        checks,
        new HostedZone("Z0TWINPOOL", ZONE, checks),
        clock,
        cognito.names(),
        cognito.delays().consistency());
  }

  synchronized EmulatedKms kms(RegionRole role) {
    requireOpen();
    return kms.computeIfAbsent(
        role,
        of -> {
          CurrentService<JsonService> service = new CurrentService<>(kmsService(of));
          boolean primary = of == RegionRole.PRIMARY;
          return new EmulatedKms(
              service, start(primary ? Listener.PRIMARY_KMS : Listener.SECONDARY_KMS, service));
        });
  }

  private JsonService kmsService(RegionRole role) {
    KmsApi api =
        new KmsApi(cognito.keys(), role, cognito.names(), clock, cognito.delays().consistency());
    return new JsonService("TrentService", "kms", cognito.names(), api.operations());
  }

  synchronized EmulatedWaf waf(RegionRole role) {
    requireOpen();
    return waf.computeIfAbsent(
        role,
        of -> {
          CurrentService<JsonService> service = new CurrentService<>(wafService(of));
          boolean primary = of == RegionRole.PRIMARY;
          return new EmulatedWaf(
              service, start(primary ? Listener.PRIMARY_WAF : Listener.SECONDARY_WAF, service));
        });
  }

  private JsonService wafService(RegionRole role) {
    WafApi api = new WafApi(cognito, role);
    return new JsonService("AWSWAF_20190729", "wafv2", cognito.names(), api.operations());
  }

  /** Ends all outages, and begins anew beside another Cognito. */
  synchronized void serve(EmulatedCognito next) {
    requireOpen();
    cognito = next;
    if (identityProvider != null) {
      identityProvider.reset();
    }
    if (samlProvider != null) {
      samlProvider.reset();
    }
    social.forEach(
        (provider, started) -> {
          started.reset();
          next.counterparts().put(provider, started.endpoint());
        });
    if (route53 != null) {
      route53.outage(Outage.none());
      route53.serve(route53Service());
    }
    kms.forEach(
        (role, service) -> {
          service.outage(Outage.none());
          service.serve(kmsService(role));
        });
    waf.forEach(
        (role, service) -> {
          service.outage(Outage.none());
          service.serve(wafService(role));
        });
  }

  /** All checkers of the domain's health check see it so. */
  synchronized void domainSeen(boolean healthy) {
    cognito.healthChecks().first().see(healthy ? HealthCheck.CHECKERS : 0);
  }

  synchronized void requireOpen() {
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
