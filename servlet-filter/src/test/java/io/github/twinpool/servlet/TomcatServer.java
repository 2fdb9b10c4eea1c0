package io.github.twinpool.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat with the same application behind the filter. */
final class TomcatServer implements Server {
  private final Tomcat tomcat = new Tomcat();
  private final Path directory;

  private TomcatServer(Filter filter, Set<DispatcherType> types, Map<String, String> connector) {
    try {
      directory = Files.createTempDirectory("twinpool-tomcat");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tomcat.setBaseDir(directory.toString());
    Connector loopback = new Connector();
    loopback.setPort(0);
    loopback.setProperty("address", "127.0.0.1");
    connector.forEach(loopback::setProperty);
    tomcat.setConnector(loopback);
    // Two servers of one name would be one to the JVM's management, when they start at a time.
    tomcat.getEngine().setName("tomcat-" + UUID.randomUUID());
    Context context = tomcat.addContext("", directory.toString());
    add(context, "/*", new Application.Echo());
    add(context, "/go/*", new Application.Go());
    add(context, filter, types);
    ErrorPage status = new ErrorPage();
    status.setErrorCode(418);
    status.setLocation("/error/page");
    context.addErrorPage(status);
    ErrorPage exception = new ErrorPage();
    exception.setExceptionType(RuntimeException.class.getName());
    exception.setLocation("/error/page");
    context.addErrorPage(exception);
  }

  private static void add(Context context, String path, HttpServlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, servlet.getClass().getSimpleName(), servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(path);
  }

  private static void add(Context context, Filter filter, Set<DispatcherType> types) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("cognito");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("cognito");
    mapping.addURLPattern("/*");
    types.forEach(type -> mapping.setDispatcher(type.name()));
    context.addFilterMap(mapping);
  }

  /**
   * @param connector settings of the connector, by Tomcat's names
   */
  static TomcatServer start(
      Filter filter, Set<DispatcherType> types, Map<String, String> connector) {
    TomcatServer server = new TomcatServer(filter, types, connector);
    try {
      server.tomcat.start();
      return server;
    } catch (LifecycleException e) {
      server.close();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      try (var files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (LifecycleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
