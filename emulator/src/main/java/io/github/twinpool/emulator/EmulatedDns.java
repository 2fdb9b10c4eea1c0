package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.internal.dns.NameServer;
import io.github.twinpool.emulator.internal.dns.StubResolver;
import io.github.twinpool.internal.net.Endpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Names for an emulator's hosts, and a name server that knows only them. An outage such as {@link
 * Outage#dnsUnknownName()} of a Region is one of its names: of the API, and of the Region's side of
 * the domain.
 *
 * <p>No system asks this name server by itself. A client sees it if it can be told to: the AWS
 * SDK's Apache clients by their {@code dnsResolver}, which can call {@link #resolve(String)};
 * clients that speak DNS themselves by {@link #address()}. The AWS SDK's Netty and URLConnection
 * clients and {@link java.net.http.HttpClient} go by the JVM's resolver, which Java 17 does not let
 * a program replace. Thread-safe.
 */
public final class EmulatedDns {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HostNames names;
  private final Supplier<UserPool> pool;
  private final NameServer server;
  private final StubResolver resolver;

  /**
   * Starts the name server.
   *
   * @param pool with addresses in place of names
   */
  EmulatedDns(HostNames names, Listeners listeners, Supplier<UserPool> pool, SecureRandom random) {
    this.names = names;
    this.pool = pool;
    Map<String, Supplier<Outage>> hosts = new HashMap<>();
    for (RegionRole role : RegionRole.values()) {
      hosts.put(names.api(role), listeners.region(role)::outage);
      hosts.put(names.domain(role), () -> listeners.domain().outageOfPrefix(role));
    }
    hosts.put(names.issuer(), listeners::outageOfIssuer);
    hosts.put(names.customDomain(), listeners.domain()::outageOfCustom);
    Map<String, Supplier<Outage>> known = Map.copyOf(hosts);
    server =
        NameServer.start(
            name ->
                known.containsKey(name)
                    ? known.get(name).get().dns()
                    : NameServer.Answer.NO_SUCH_NAME);
    resolver = new StubResolver(server.address(), random);
  }

  /**
   * The pool made at start, whose endpoints have names in place of addresses: only clients that ask
   * this DNS, and trust {@link CognitoEmulator#tls()}, can use it.
   */
  public UserPool userPool() {
    UserPool addresses = pool.get();
    URI issuer = named(addresses.jwksUri(IssuerType.UPDATED), names.issuer());
    UserPool.Builder builder = addresses.toBuilder().updatedIssuerEndpoint(issuer);
    for (RegionRole role : RegionRole.values()) {
      builder.endpoint(role, named(addresses.endpoint(role), names.api(role)));
      addresses
          .domain(role)
          .ifPresent(it -> builder.domainEndpoint(role, named(it, names.domain(role))));
    }
    return builder.build();
  }

  private static URI named(URI address, String name) {
    return URI.create("https://" + name + ":" + address.getPort());
  }

  /** Where the name server answers by UDP. */
  public InetSocketAddress address() {
    return server.address();
  }

  /**
   * Asks the name server as a Linux system does: it waits 5 s for an answer, asks once more, and
   * remembers nothing. It asks nothing about loopback addresses and {@code localhost}.
   *
   * @return addresses of this machine
   * @throws UnknownHostException as a JVM words it: "Name or service not known" at once for a name
   *     that does not exist, "Temporary failure in name resolution" if the server fails or does not
   *     answer
   */
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return resolve(host, PATIENCE);
  }

  /**
   * {@link #resolve(String)} with another patience, as the option {@code timeout} of {@code
   * resolv.conf} sets it.
   *
   * @param patience how long each of the two questions waits for an answer
   */
  public InetAddress[] resolve(String host, Duration patience) throws UnknownHostException {
    if (Endpoints.isLoopback(host)) {
      return InetAddress.getAllByName(host); // An address, or a name that needs no DNS.
    }
    return new InetAddress[] {resolver.resolve(host, patience)};
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "DNS at " + address();
  }
}
