package io.github.twinpool.signin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that asks a domain: the application's, or one of our own, which is made when it
 * is first needed and ended with {@link #close}.
 *
 * <p>After an idle time our own is replaced, so that no connection is used which a gateway on the
 * way may have forgotten. The JDK keeps idle connections for 20 minutes before JDK 20 and for 30 s
 * since, and a system property is the only setting; a NAT gateway of AWS forgets them after 350 s.
 * (Source: Amazon VPC user guide, NAT gateways.) Thread-safe.
 */
final class DomainClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

  private final Supplier<HttpClient> maker;
  private final boolean own;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  // Both under the lock.
  private @Nullable Client current;
  private boolean closed;

  private DomainClient(Supplier<HttpClient> maker, boolean own, LongSupplier nanoTime) {
    this.maker = maker;
    this.own = own;
    this.nanoTime = nanoTime;
  }

  /** The application's client, which stays the application's to close. */
  static DomainClient given(HttpClient client, LongSupplier nanoTime) {
    return new DomainClient(() -> client, false, nanoTime);
  }

  /** Our own: no redirects, HTTP/1.1. */
  static DomainClient own(Executor threads, LongSupplier nanoTime) {
    return own(
        () ->
            HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build(),
        nanoTime);
  }

  static DomainClient own(Supplier<HttpClient> maker, LongSupplier nanoTime) {
    return new DomainClient(maker, true, nanoTime);
  }

  /** One client between two idle times. Its fields are under the lock. */
  private static final class Client {
    final HttpClient http;

    /** Hosts that have answered: a connection to them may be waiting for the next request. */
    final Set<String> answered = new HashSet<>();

    int underWay;
    long idleSince;
    boolean retired;

    Client(HttpClient http) {
      this.http = http;
    }
  }

  /**
   * What one request is sent with.
   *
   * @throws IllegalStateException if this was closed
   */
  Exchange exchange(URI address) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      Client client = current;
      if (client != null && own && isStale(client)) {
        retire(client);
        client = null;
      }
      if (client == null) {
        client = new Client(maker.get());
        current = client;
      }
      client.underWay++;
      String host = address.getAuthority();
      return new Exchange(client, host, client.answered.contains(host));
    }
  }

  private boolean isStale(Client client) {
    return client.underWay == 0 && nanoTime.getAsLong() - client.idleSince > LONGEST_IDLE.toNanos();
  }

  /** Under the lock: the client ends with its last request. */
  private void retire(Client client) {
    client.retired = true;
    endIfUnused(client);
  }

  private void endIfUnused(Client client) {
    if (own && client.retired && client.underWay == 0) {
      HttpClientOfJdk21.shutdown(client.http);
    }
  }

  /**
   * Takes no more requests. Our own client ends when those under way have ended; before JDK 21,
   * once nothing refers to it.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (current != null) {
        retire(current);
        current = null;
      }
    }
  }

  /** One request on its way. */
  final class Exchange {
    private final Client client;
    private final String host;
    private final boolean mayReuse;

    private Exchange(Client client, String host, boolean mayReuse) {
      this.client = client;
      this.host = host;
      this.mayReuse = mayReuse;
    }

    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
      return Calls.begin(() -> client.http.sendAsync(request, handler));
    }

    /** The caller calls this once, before it goes on with the outcome. */
    void ended(boolean answered) {
      synchronized (lock) {
        client.underWay--;
        client.idleSince = nanoTime.getAsLong();
        if (answered) {
          client.answered.add(host);
        }
        endIfUnused(client);
      }
    }

    /** Whether the connection may have waited for this request, and not been made for it. */
    boolean mayReuse() {
      return mayReuse;
    }

    /** This request's connection was dead, and others to its host may be. */
    void foundDead() {
      synchronized (lock) {
        client.answered.remove(host);
        if (own && current == client) {
          current = null;
          retire(client);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "DomainClient[" + (own ? "own" : "given") + "]";
  }
}
