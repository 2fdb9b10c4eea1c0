package io.github.twinpool.emulator;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import io.github.twinpool.emulator.NetworkGate.Mode;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.util.thread.QueuedThreadPool;
import wiremock.org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import wiremock.org.eclipse.jetty.util.thread.ThreadPool;

/**
 * An HTTP server on a loopback port that can fail in every way that {@link Outage} knows:
 * WireMock's HTTP server behind a {@link NetworkGate}. Thread-safe. All its threads are daemons.
 *
 * <p>Requests for another host than loopback are refused with status 421, so that no page of
 * another site reaches the emulator under a name of its own that leads to this machine.
 *
 * <p>Of WireMock only the server is used, not its stubs: those would add an admin API with which
 * anybody can stop the server, read bodies of any size into memory, answer bad input with stack
 * traces, and hold a thread for each dripping body. So delays and drips are the gate's, and no
 * thread waits for them.
 */
final class EmulatorHttpServer implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int IDLE_THREADS = 4;

  /** A connection that idles for the time of an outage must not be closed by the server. */
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(30);

  private final HttpServer http;
  private final HttpExchanges exchanges;
  private final NetworkGate gate;
  private volatile Outage outage = Outage.none();
  private Duration baseLatency = Duration.ZERO;

  private EmulatorHttpServer(HttpServer http, HttpExchanges exchanges, NetworkGate gate) {
    this.http = http;
    this.exchanges = exchanges;
    this.gate = gate;
  }

  /**
   * Starts a server without an outage.
   *
   * @param port on 127.0.0.1, or 0 for any that is free
   * @throws java.io.UncheckedIOException naming the port, if it cannot be had
   */
  static EmulatorHttpServer start(int port, Handler handler, LongSupplier nanoTime) {
    HttpExchanges exchanges = new HttpExchanges(handler, AllowedHosts.LOOPBACK);
    HttpServer http = httpServer(exchanges);
    http.start();
    try {
      return new EmulatorHttpServer(http, exchanges, NetworkGate.open(port, http.port(), nanoTime));
    } catch (RuntimeException e) {
      http.stop();
      throw e;
    }
  }

  int port() {
    return gate.port();
  }

  Outage outage() {
    return outage;
  }

  /** Switches to another outage, which is in force when this returns. */
  synchronized void outage(Outage next) {
    // A request that is hung up on must find the gate holding already, or still.
    if (next.gateMode() == Mode.HOLDING) {
      gate.mode(Mode.HOLDING);
      exchanges.faults(new HttpFaults(next));
    } else {
      exchanges.faults(new HttpFaults(next));
      gate.mode(next.gateMode());
    }
    outage = next;
    setPace();
  }

  /** What each answer takes at least, outage or not. Default: nothing. */
  synchronized void baseLatency(Duration latency) {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("baseLatency: " + latency + " is negative");
    }
    baseLatency = latency;
    setPace();
  }

  private void setPace() {
    gate.pace(baseLatency.plus(outage.addedLatency()), outage.bytePause());
  }

  /** Resets all connections, gives the port back and ends all threads. */
  @Override
  public void close() {
    gate.close();
    http.stop();
  }

  /** What answers the requests. Called by many threads at once. */
  interface Handler {
    /** The answer to a request. An exception becomes status 500, InternalErrorException. */
    Reply handle(ReceivedRequest request);

    /** What an outage answers instead, as this service would put it. The API's way, by default. */
    default Reply instead(Reply fault) {
      return fault;
    }
  }

  /**
   * A request, which nobody compares.
   *
   * @param path without the query
   * @param query as it was sent, or the empty string
   * @param headers by lower-case names, repeated ones joined by commas
   * @param body at most 1 MiB, larger ones are refused with status 413
   */
  @SuppressWarnings("ArrayRecordComponent")
  record ReceivedRequest(
      String method, String path, String query, Map<String, String> headers, byte[] body) {

    /** A header by its lower-case name, or the empty string. */
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** An answer, which nobody compares. The content's length is added to its headers. */
  @SuppressWarnings("ArrayRecordComponent")
  record Reply(int status, Map<String, String> headers, byte[] body) {}

  private static HttpServer httpServer(HttpExchanges exchanges) {
    Options options =
        WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .http2PlainDisabled(true)
            .disableStrictHttpHeaders(true) // strictness is a system property, for all of the JVM
            .threadPoolFactory(unused -> threads())
            .jettyAcceptors(1)
            .jettyAcceptQueueSize(1024)
            .jettyIdleTimeout(IDLE_TIMEOUT.toMillis())
            .jettyStopTimeout(0L);
    return new Jetty11HttpServer(options, null, null) {
      @Override
      protected Server createServer(Options settings) {
        Server server = super.createServer(settings);
        server.addBean(new ScheduledExecutorScheduler("twinpool-emulator-timer", true));
        return server;
      }

      @Override
      protected wiremock.org.eclipse.jetty.server.Handler createHandler(
          Options unused, AdminRequestHandler noAdmin, StubRequestHandler noStubs) {
        return exchanges;
      }
    };
  }

  private static ThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
    threads.setName("twinpool-emulator-http");
    threads.setDaemon(true);
    return threads;
  }
}
