package io.github.twinpool.spring;

import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.Transition;
import org.springframework.context.ApplicationEventPublisher;

/** Makes application events of transitions. */
final class TransitionPublisher implements FailoverListener {
  private final ApplicationEventPublisher publisher;

  TransitionPublisher(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void onTransition(Transition transition) {
    publisher.publishEvent(new TwinpoolTransitionEvent(transition));
  }
}
