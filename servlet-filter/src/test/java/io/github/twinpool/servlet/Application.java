package io.github.twinpool.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** What stands behind the filter, in any container. */
final class Application {
  private Application() {}

  /** Says who asks for what. */
  static final class Echo extends HttpServlet {
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
  static final class Go extends HttpServlet {
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
