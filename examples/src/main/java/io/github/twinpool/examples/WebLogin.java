package io.github.twinpool.examples;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link WebApplication} on the JDK's HTTP server. Its {@code main} brings an emulated pool whose
 * primary Region hangs at the touch of a key.
 */
public final class WebLogin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebLogin.class);
  private static final int THREADS = 16;
  private static final int SESSIONS = 10_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private WebLogin(HttpServer server) {
    this.server = server;
  }

  /**
   * Runs on an emulator until the process is told to end.
   *
   * @param args a port; none for 8080
   */
  public static void main(String[] args) throws Exception {
    try (CognitoEmulator emulator = CognitoEmulator.start();
        EmulatedWebLogin demo =
            EmulatedWebLogin.start(emulator, args.length == 0 ? 8080 : Integer.parseInt(args[0]))) {
      demo.run();
    }
  }

  /**
   * Listens on loopback, and answers once it is told {@link #serve what}.
   *
   * @param port 0 for any free one
   */
  static WebLogin listen(int port) throws IOException {
    return new WebLogin(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
  }

  /** Where browsers find it. */
  URI origin() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** An app client's flow, whose CallbackURLs and LogoutURLs have these two addresses. */
  AuthorizationCodeFlow flow(
      MultiRegionCognito cognito, TokenValidator validator, String clientId, String secret) {
    // tag::flow[]
    AuthorizationCodeFlow flow =
        AuthorizationCodeFlow.builder(cognito, validator, clientId)
            .clientSecret(() -> secret)
            .redirectUri(origin().resolve("/callback"))
            .logoutUri(origin().resolve("/"))
            .scopes("openid", "email")
            .build();
    // end::flow[]
    return flow;
  }

  /** Serves people from now on. */
  void serve(AuthorizationCodeFlow flow, List<String> providers, Filter... filters) {
    boolean https = origin().getScheme().equals("https");
    WebSessions sessions = new WebSessions(new SecureRandom(), SESSIONS, https);
    WebApplication application = new WebApplication(flow, sessions, providers);
    HttpContext context = server.createContext("/", exchange -> handle(application, exchange));
    context.getFilters().addAll(List.of(filters));
    server.setExecutor(threads);
    server.start();
  }

  private static void handle(WebApplication application, HttpExchange exchange) {
    WebVisit visit = new WebVisit(exchange);
    try (exchange) {
      application.answer(visit);
    } catch (IOException e) { // the browser went away
      LOG.debug("No answer could be sent", e);
    } catch (RuntimeException e) {
      LOG.error("A request failed", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
