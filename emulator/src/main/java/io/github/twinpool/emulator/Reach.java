package io.github.twinpool.emulator;

import io.github.twinpool.emulator.internal.tls.ServerCertificates;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param address of this machine, IPv4
 * @param hosts what requests may name as their target
 * @param certificates for HTTPS, or null for HTTP
 */
record Reach(InetAddress address, AllowedHosts hosts, @Nullable ServerCertificates certificates) {
  /** By HTTP, from this machine only. */
  static Reach loopback() {
    return new Reach(GatePort.loopback(0).getAddress(), AllowedHosts.LOOPBACK, null);
  }

  /** From this machine only, by HTTPS, under these names besides those of loopback. */
  static Reach https(ServerCertificates certificates, HostNames names) {
    return new Reach(
        GatePort.loopback(0).getAddress(), new AllowedHosts(names.all()), certificates);
  }
}
