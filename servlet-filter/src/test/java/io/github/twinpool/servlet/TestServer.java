package io.github.twinpool.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, which lets every path through, with a filter before an application that talks. */
final class TestServer implements Server {
  private final org.eclipse.jetty.server.Server server =
      new org.eclipse.jetty.server.Server(new QueuedThreadPool(24));
  private final ServerConnector connector;
  private final ServletContextHandler context = new ServletContextHandler("/", true, false);

  private TestServer(UriCompliance compliance, boolean decodeAmbiguous) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(compliance);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    context.getServletHandler().setDecodeAmbiguousURIs(decodeAmbiguous);
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(418, "/error/page");
    errors.addErrorPage(RuntimeException.class, "/error/page");
    context.setErrorHandler(errors);
    add("/*", new Application.Echo());
    add("/go/*", new Application.Go());
  }

  private void add(String path, HttpServlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
  }

  static TestServer start(Filter filter) {
    return start(new FilterHolder(filter), EnumSet.of(DispatcherType.REQUEST));
  }

  static TestServer start(Filter filter, Set<DispatcherType> types) {
    return start(new FilterHolder(filter), types);
  }

  static TestServer start(FilterHolder filter, Set<DispatcherType> types) {
    return new TestServer(UriCompliance.DEFAULT, false).with(filter, types).started();
  }

  static TestServer lenient(Filter filter, UriCompliance compliance, boolean decodeAmbiguous) {
    return new TestServer(compliance, decodeAmbiguous)
        .with(new FilterHolder(filter), EnumSet.of(DispatcherType.REQUEST))
        .started();
  }

  private TestServer with(FilterHolder filter, Set<DispatcherType> types) {
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.copyOf(types));
    return this;
  }

  private TestServer started() {
    try {
      server.start();
      return this;
    } catch (Exception e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }
}
