package io.github.twinpool.servlet;

import io.github.twinpool.internal.http.PathScreen;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The path that a dispatch leads to, as the container has normalised it to find the servlet. */
final class RequestPath {
  private RequestPath() {}

  /**
   * Servlet path and path info: of the included resource in an include, of the target in a forward.
   *
   * @throws RefusedException if the path has more than one reading
   */
  static String of(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    Object uri = included ? request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) : null;
    // A named dispatcher has no path of its own, and leaves the attributes out: it has its caller's
    String path = uri == null ? ownPath(request) : includedPath(request);
    String raw = uri == null ? request.getRequestURI() : uri.toString();
    if (!PathScreen.isUnambiguous(raw) || !PathScreen.isPlain(path)) {
      throw new RefusedException(Refusal.AMBIGUOUS_PATH);
    }
    return path;
  }

  private static String includedPath(HttpServletRequest request) {
    return join(
        (String) request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH),
        (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
  }

  private static String ownPath(HttpServletRequest request) {
    try {
      return join(request.getServletPath(), request.getPathInfo());
    } catch (IllegalArgumentException e) { // Jetty, of a URI that it calls ambiguous itself
      throw new RefusedException(Refusal.AMBIGUOUS_PATH);
    }
  }

  private static String join(@Nullable String servletPath, @Nullable String pathInfo) {
    String path = (servletPath == null ? "" : servletPath) + (pathInfo == null ? "" : pathInfo);
    return path.isEmpty() ? "/" : path;
  }
}
