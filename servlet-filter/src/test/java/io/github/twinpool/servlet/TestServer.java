package io.github.twinpool.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, which lets every path through, with a filter before an application that talks. */
final class TestServer implements AutoCloseable {
  private final Server server = new Server(new QueuedThreadPool(24));
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
    add("/*", new Echo());
    add("/go/*", new Go());
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

  RawHttp.Answer get(String path, String... headers) {
    return send("GET", path, headers);
  }

  RawHttp.Answer send(String method, String path, String... headers) {
    return RawHttp.send(port(), method, path, headers);
  }

  int port() {
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

  /** Says who asks for what. */
  private static final class Echo extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      if (request.getParameter("fail") != null
          && request.getDispatcherType() != DispatcherType.ERROR) {
        throw new IllegalStateException("told to fail");
      }
      if (request.getParameter("teapot") != null
          && request.getDispatcherType() != DispatcherType.ERROR) {
        response.sendError(418);
        return;
      }
      PrintWriter out = response.getWriter();
      out.print(
          "["
              + request.getDispatcherType()
              + " "
              + request.getServletPath()
              + (request.getPathInfo() == null ? "" : request.getPathInfo())
              + " principal="
              + (request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName())
              + " user="
              + request.getRemoteUser()
              + " type="
              + request.getAuthType()
              + " staff="
              + request.isUserInRole("staff")
              + " token="
              + request.getAttribute(CognitoTokenFilter.TOKEN_ATTRIBUTE)
              + " session="
              + request.getSession(false)
              + "]");
    }
  }

  /** Dispatches as its path info says: /go/forward?to=/x. */
  private static final class Go extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String to = request.getParameter("to");
      switch (request.getPathInfo()) {
        case "/forward" -> request.getRequestDispatcher(to).forward(request, response);
        case "/forward-after-writer" -> {
          response.getWriter().print("lost");
          request.getRequestDispatcher(to).forward(request, response);
        }
        case "/include" -> {
          response.getWriter().print("before ");
          request.getRequestDispatcher(to).include(request, response);
          response.getWriter().print(" after");
        }
        case "/async", "/async-after-writer" -> {
          if (request.getPathInfo().equals("/async-after-writer")) {
            response.getWriter().print("lost");
          }
          AsyncContext async = request.startAsync();
          async.start(() -> async.dispatch(to));
        }
        case "/async-thread" -> {
          AsyncContext async = request.startAsync();
          async.start(
              () -> {
                try {
                  response.getWriter().print("thread sees " + request.getRemoteUser());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
                async.complete();
              });
        }
        default -> response.sendError(404);
      }
    }
  }
}
