package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * One line in the log of each start: which pool it is, and whether calls fail over. Makes no bean
 * but the pool, so that lazy applications stay lazy.
 */
final class StartReport implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);
  private static final String ROUTED = "io.github.twinpool.failover.MultiRegionCognito";
  private static final String SDK =
      "software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient";

  private final ListableBeanFactory beans;
  private final UserPool pool;
  private final Environment environment;
  private final @Nullable ClassLoader classes;

  StartReport(
      ListableBeanFactory beans,
      UserPool pool,
      Environment environment,
      @Nullable ClassLoader classes) {
    this.beans = beans;
    this.pool = pool;
    this.environment = environment;
    this.classes = classes;
  }

  @Override
  public void afterSingletonsInstantiated() {
    String version = StartReport.class.getPackage().getImplementationVersion();
    LOG.info(
        "Twinpool {}: pool {}, primary {}, {}. Calls: {}. Signals: {}. Tokens: {}.",
        version == null ? "(development)" : version,
        pool.id(),
        pool.primaryRegion(),
        pool.secondaryRegion().map(it -> "secondary " + it).orElse("no secondary"),
        calls(),
        isThere(HealthCheckView.class) ? "Route 53 health check" : "none",
        isThere(TokenView.class) ? "validated" : "not validated");
  }

  private String calls() {
    if (!isThere(FailoverView.class)) {
      return "not routed, " + whyNot();
    }
    if (pool.secondaryRegion().isEmpty()) {
      return "one Region only, because there is no twinpool.secondary-region";
    }
    return environment.getProperty("twinpool.failover.observe-only", Boolean.class, false)
        ? "observe only, all go to the primary (twinpool.failover.observe-only)"
        : "failover on";
  }

  private String whyNot() {
    if (!ClassUtils.isPresent(ROUTED, classes)) {
      return "twinpool-failover is not on the class path";
    }
    if (!ClassUtils.isPresent(SDK, classes)) {
      return "the AWS SDK's cognitoidentityprovider is not on the class path";
    }
    return environment.getProperty("twinpool.failover.enabled", Boolean.class, true)
        ? "its auto-configuration is left out"
        : "because of twinpool.failover.enabled";
  }

  private boolean isThere(Class<?> type) {
    return beans.getBeanNamesForType(type, false, false).length > 0;
  }
}
