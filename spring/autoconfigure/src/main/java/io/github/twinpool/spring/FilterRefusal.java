package io.github.twinpool.spring;

import org.springframework.beans.factory.InitializingBean;

/** Keeps an application from starting that asks for a filter and cannot have it. */
final class FilterRefusal implements InitializingBean {
  private final String reason;

  FilterRefusal(String reason) {
    this.reason = reason;
  }

  @Override
  public void afterPropertiesSet() {
    throw new InvalidTwinpoolPropertyException("twinpool.filter.enabled", reason, null);
  }
}
