package io.github.twinpool.emulator;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How outages are switched over HTTP.
 *
 * @param port 0 for any that is free
 * @param hosts what requests may name as their target, besides loopback
 * @param token empty for a fresh one
 */
record ControlSettings(
    int port,
    InetAddress address,
    Set<String> hosts,
    Optional<String> token,
    LongSupplier nanoTime) {

  EmulatorHttpServer start(ControlService service) {
    return EmulatorHttpServer.start(
        port, service, nanoTime, new Reach(address, new AllowedHosts(hosts), null));
  }
}
