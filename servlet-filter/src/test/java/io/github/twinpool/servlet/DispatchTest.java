package io.github.twinpool.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.Set;

/** On Jetty, of servlet 6.0. */
class DispatchTest extends DispatchContract {
  @Override
  Server start(Filter filter, Set<DispatcherType> types) {
    return TestServer.start(filter, types);
  }
}
