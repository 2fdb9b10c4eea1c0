package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognito;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** SDK clients of the application's own: they win, but no call through them is routed. */
final class UnroutedClients implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(UnroutedClients.class);

  private final ConfigurableListableBeanFactory beans;
  private final MultiRegionCognito cognito;
  private volatile List<String> names = List.of();

  UnroutedClients(ConfigurableListableBeanFactory beans, MultiRegionCognito cognito) {
    this.beans = beans;
    this.cognito = cognito;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<String> found = new ArrayList<>();
    Stream.of(CognitoIdentityProviderClient.class, CognitoIdentityProviderAsyncClient.class)
        .flatMap(type -> Stream.of(beans.getBeanNamesForType(type, true, false)))
        .filter(name -> !isOurs(name) && !isRouted(name))
        .forEach(found::add);
    names = List.copyOf(found);
    if (!names.isEmpty()) {
      LOG.warn(
          "Calls through the application's own Cognito clients are not routed: {}. Inject the"
              + " clients that Twinpool configures instead, or make these beans of"
              + " MultiRegionCognito.",
          names);
    }
  }

  private boolean isOurs(String name) {
    return beans.containsBeanDefinition(name)
        && TwinpoolFailoverAutoConfiguration.class
            .getName()
            .equals(beans.getBeanDefinition(name).getFactoryBeanName());
  }

  /** Made of the failover by the application itself. What was not made yet nobody can tell. */
  private boolean isRouted(String name) {
    Object client = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
    return client == cognito.client() || client == cognito.asyncClient();
  }

  /** The names of the beans, empty until all singletons are there. */
  List<String> names() {
    return names;
  }
}
