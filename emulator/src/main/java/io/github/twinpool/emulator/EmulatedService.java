package io.github.twinpool.emulator;

import java.net.URI;
import java.util.function.Supplier;

/** A service of AWS that stands beside Cognito, on a port of its own. Thread-safe. */
public abstract sealed class EmulatedService permits EmulatedKms, EmulatedRoute53, EmulatedWaf {
  private final String name;
  private final EmulatorHttpServer server;
  private final Supplier<Counters> calls;
  private final Supplier<Denials> denials;

  EmulatedService(
      String name, EmulatorHttpServer server, Supplier<Counters> calls, Supplier<Denials> denials) {
    this.name = name;
    this.server = server;
    this.calls = calls;
    this.denials = denials;
  }

  /** Where the API answers: {@code http://127.0.0.1:{port}}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Refuses these operations as IAM does from now on, and no others. Default: none. */
  public void deny(String... operations) {
    denials.get().deny(operations);
  }

  /** How many requests of an operation reached the service, refused ones included. */
  public long calls(String operation) {
    return calls.get().of(operation);
  }

  /** Switches to another outage, which is in force when this returns. */
  public void outage(Outage outage) {
    server.outage(outage);
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return name + " at " + endpoint();
  }
}
