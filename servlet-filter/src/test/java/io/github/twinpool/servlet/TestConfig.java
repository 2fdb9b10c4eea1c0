package io.github.twinpool.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Init parameters without a server. */
record TestConfig(Map<String, String> parameters) implements FilterConfig {
  @Override
  public String getFilterName() {
    return "cognito";
  }

  @Override
  public ServletContext getServletContext() {
    return new ServletContextHandler().getServletContext();
  }

  @Override
  public String getInitParameter(String name) {
    return parameters.get(name);
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }
}
