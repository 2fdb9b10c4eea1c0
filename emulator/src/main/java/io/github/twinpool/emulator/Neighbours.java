package io.github.twinpool.emulator;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside Cognito: an identity provider and Route 53, each started when it is first
 * asked for. Thread-safe.
 */
final class Neighbours implements AutoCloseable {
  private final InstantSource clock;
  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final HealthCheck check;
  private @Nullable EmulatedIdentityProvider identityProvider;
  private @Nullable EmulatedRoute53 route53;
  private boolean closed;

  /**
   * Nothing is started yet.
   *
   * @param domain follows the health check
   */
  Neighbours(
      InstantSource clock,
      SecureRandom random,
      LongSupplier nanoTime,
      Consumer<BooleanSupplier> domain) {
    this.clock = clock;
    this.random = random;
    this.nanoTime = nanoTime;
    check = new HealthCheck(new FreshNames(random).uuid(), domain);
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

  synchronized EmulatedRoute53 route53() {
    requireOpen();
    if (route53 == null) {
      Route53Service service = new Route53Service(check, clock);
      route53 = new EmulatedRoute53(check, service, EmulatorHttpServer.start(0, service, nanoTime));
    }
    return route53;
  }

  /** All checkers of the domain's health check see it so. */
  void domainSeen(boolean healthy) {
    check.see(healthy ? HealthCheck.CHECKERS : 0);
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
    if (route53 != null) {
      route53.close();
    }
  }
}
