package io.github.twinpool.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** On Tomcat, of servlet 6.1. */
@Tag("tomcat")
class TomcatDispatchTest extends DispatchContract {
  @Override
  Server start(Filter filter, Set<DispatcherType> types) {
    return TomcatServer.start(filter, types, Map.of());
  }
}
