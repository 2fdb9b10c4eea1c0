package io.github.twinpool.examples.jetty;

import io.github.twinpool.servlet.CognitoTokenFilter;
import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A public page, a resource for everybody with a token, and one for administrators. */
final class Application implements AutoCloseable {
  private final Server server;

  private Application(Server server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one
   */
  static Application start(TokenValidator validator, int port) throws Exception {
    CognitoTokenFilter filter =
        CognitoTokenFilter.builder(validator)
            .publicPaths("GET /")
            .requireAnyGroup("/admin/*", "admins")
            .build();

    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new HomePage(), "");
    context.addServlet(new WhoAmI(), "/me");
    context.addServlet(new AdminPage(), "/admin/*");

    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    return new Application(server);
  }

  URI uri() {
    return URI.create(
        "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
  }

  void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
