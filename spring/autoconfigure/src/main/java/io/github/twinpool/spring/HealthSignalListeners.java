package io.github.twinpool.spring;

import io.github.twinpool.operations.HealthSignalProblem;
import io.github.twinpool.operations.Route53HealthSignalListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners that there are, in their order; one that throws keeps nothing from the others. */
final class HealthSignalListeners implements Route53HealthSignalListener {
  private static final Logger LOG = LoggerFactory.getLogger(HealthSignalListeners.class);

  private final List<Route53HealthSignalListener> listeners;

  HealthSignalListeners(List<Route53HealthSignalListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void changed(boolean healthy) {
    tell(it -> it.changed(healthy));
  }

  @Override
  public void unreadable(HealthSignalProblem problem) {
    tell(it -> it.unreadable(problem));
  }

  @Override
  public void readable() {
    tell(Route53HealthSignalListener::readable);
  }

  private void tell(Consumer<Route53HealthSignalListener> news) {
    for (Route53HealthSignalListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("A listener of the health signal failed; the others are told", e);
      }
    }
  }
}
