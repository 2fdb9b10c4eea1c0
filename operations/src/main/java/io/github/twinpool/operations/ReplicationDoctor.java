package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.Finding.Check;
import java.net.http.HttpClient;
import java.security.Security;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares both Regions of a pool and says what would hurt on the day of an outage. Changes
 * nothing. Run it where the application runs and with its identity: what it sees of network, clock
 * and permissions is what the application would meet. Thread-safe.
 */
public final class ReplicationDoctor {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final SetupSettings AS_IT_IS =
      new SetupSettings(null, false, null, null, null, "twinpool", null, true);

  private final AwsClients clients;
  private final AwsCalls calls;
  private final Map<Check, DoctorCheck> checks = new EnumMap<>(Check.class);

  ReplicationDoctor(
      AwsClients clients,
      InstantSource clock,
      Function<String, @Nullable String> securityProperties) {
    this(
        clients,
        clock,
        securityProperties,
        HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build());
  }

  private ReplicationDoctor(
      AwsClients clients,
      InstantSource clock,
      Function<String, @Nullable String> securityProperties,
      HttpClient http) {
    this.clients = Objects.requireNonNull(clients, "clients");
    calls = new AwsCalls(clients);
    HereChecks here = new HereChecks(clock, securityProperties, http);
    checks.put(Check.REPLICA, PoolChecks::replica);
    checks.put(Check.KEY, PoolChecks::key);
    checks.put(Check.TRIGGERS, PoolChecks::regional);
    checks.put(Check.CLIENT_SECRETS, PoolChecks::clientSecrets);
    checks.put(Check.WAF, AccountChecks::waf);
    checks.put(Check.QUOTAS, AccountChecks::quotas);
    checks.put(Check.TOTP, PoolChecks::totp);
    checks.put(Check.ISSUER, PoolChecks::issuer);
    checks.put(Check.DOMAIN, DomainChecks::domains);
    checks.put(Check.HEALTH_CHECK, DomainChecks::healthChecks);
    checks.put(Check.IDENTITY, HereChecks::identity);
    checks.put(Check.JWKS, here::jwks);
    checks.put(Check.CLOCK, here::clock);
    checks.put(Check.DNS_CACHE, here::dnsCache);
  }

  /** A doctor; the clients stay the caller's to close. */
  public static ReplicationDoctor of(AwsClients clients) {
    return new ReplicationDoctor(clients, clients.clock(), Security::getProperty);
  }

  /**
   * The same with an HTTP client by which the hosts of the pool's keys are asked, with a proxy and
   * TLS settings of its own. It stays the caller's. Default: the JDK's, which takes a proxy from
   * the system properties {@code https.proxyHost} and {@code https.proxyPort} and from no
   * environment variable, as a {@code TokenValidator} does by default.
   */
  public static ReplicationDoctor of(AwsClients clients, HttpClient http) {
    return new ReplicationDoctor(
        clients, clients.clock(), Security::getProperty, Objects.requireNonNull(http, "http"));
  }

  /**
   * Looks at everything. What cannot be looked at is said, and the rest is looked at all the same.
   */
  public DoctorReport examine() {
    return examine(check -> {});
  }

  /**
   * The same, telling what is looked at next. Some 30 s pass for each if a Region hangs.
   *
   * @param beginning called by this thread; an exception is logged, and the examination goes on
   */
  public DoctorReport examine(Consumer<Check> beginning) {
    SetupContext context =
        new SetupContext(
            calls,
            AS_IT_IS,
            clients.patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO));
    List<Finding> findings = new ArrayList<>();
    Map<Check, String> notExamined = new EnumMap<>(Check.class);
    checks.forEach(
        (name, check) -> {
          Hearing.tell(() -> beginning.accept(name));
          try {
            findings.addAll(check.look(context));
          } catch (OperationsException e) {
            notExamined.put(name, String.valueOf(e.getMessage()));
          }
        });
    return new DoctorReport(
        "User pool "
            + calls.pool().id()
            + ", from "
            + calls.pool().region(RegionRole.PRIMARY)
            + " to "
            + calls.pool().region(RegionRole.SECONDARY),
        findings,
        notExamined);
  }
}
