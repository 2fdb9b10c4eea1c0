package io.github.twinpool.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request that knows who sent it. Roles are the groups of the principal. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
  static final String AUTH_TYPE = "Bearer";

  private final CognitoPrincipal principal;

  AuthenticatedRequest(HttpServletRequest request, CognitoPrincipal principal) {
    super(request);
    this.principal = principal;
  }

  @Override
  public CognitoPrincipal getUserPrincipal() {
    return principal;
  }

  @Override
  public String getRemoteUser() {
    return principal.getName();
  }

  @Override
  public String getAuthType() {
    return AUTH_TYPE;
  }

  /** Servlet 6.0, isUserInRole: "*" is never a role, "**" is everybody who is authenticated. */
  @Override
  public boolean isUserInRole(@Nullable String role) {
    if (role == null || role.equals("*")) {
      return false;
    }
    return role.equals("**") || principal.hasGroup(role);
  }
}
