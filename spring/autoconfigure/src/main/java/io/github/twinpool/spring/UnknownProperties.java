package io.github.twinpool.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Finds keys below {@code twinpool} that nothing reads, before any bean is made: a typo in the
 * secondary Region would otherwise leave an application without failover, and without a word. In
 * the application's own files such a key fails the start. In what several applications share, such
 * as the environment, it may be for another one or another version: there it is a WARN.
 */
final class UnknownProperties implements BeanFactoryPostProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownProperties.class);

  /** Those of tests, and defaults that the application's code sets. */
  private static final Set<String> OWN =
      Set.of("Inlined Test Properties", "Dynamic Test Properties", "test", "defaultProperties");

  private final Environment environment;

  UnknownProperties(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    ClassLoader classes = beans.getBeanClassLoader();
    List<ConfigurationPropertySource> sources = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable
          && iterable.stream().anyMatch(KnownProperties.ROOT::isAncestorOf)) {
        sources.add(source);
      }
    }
    Optional<KnownProperties> own = sources.isEmpty() ? Optional.empty() : KnownProperties.own();
    if (own.isEmpty()
        || (unknown(sources, own.get(), true).isEmpty()
            && unknown(sources, own.get(), false).isEmpty())) {
      return;
    }
    KnownProperties known = classes == null ? own.get() : own.get().withOthers(classes);
    Set<ConfigurationPropertyName> wrong = unknown(sources, known, true);
    Set<ConfigurationPropertyName> doubtful = unknown(sources, known, false);
    doubtful.removeAll(wrong);
    if (!doubtful.isEmpty()) {
      LOG.warn(
          "Nothing reads {}, set outside of the application's own files. All properties:"
              + " docs/spring.md.",
          doubtful);
    }
    if (!wrong.isEmpty()) {
      throw refusal(new ArrayList<>(wrong), known);
    }
  }

  /**
   * @param own of the application's own sources, or of the others
   */
  private static Set<ConfigurationPropertyName> unknown(
      List<ConfigurationPropertySource> sources, KnownProperties known, boolean own) {
    Set<ConfigurationPropertyName> unknown = new TreeSet<>();
    for (ConfigurationPropertySource source : sources) {
      if (isOwn(source) == own && source instanceof IterableConfigurationPropertySource iterable) {
        boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        iterable.stream()
            .filter(KnownProperties.ROOT::isAncestorOf)
            .filter(it -> variables ? !known.containsInAnySpelling(it) : !known.contains(it))
            .filter(it -> !(known.isGroup(it) && isEmpty(source, it)))
            .forEach(unknown::add);
      }
    }
    return unknown;
  }

  private static InvalidTwinpoolPropertyException refusal(
      List<ConfigurationPropertyName> wrong, KnownProperties known) {
    ConfigurationPropertyName first = wrong.get(0);
    List<ConfigurationPropertyName> others = wrong.subList(1, wrong.size());
    return new InvalidTwinpoolPropertyException(
        first.toString(),
        "is no property of Twinpool. "
            + known
                .similar(first)
                .map(it -> "Did you mean " + it + "?")
                .orElse("Keys of your own must not begin with twinpool.")
            + (others.isEmpty() ? "" : " Nor are " + others + "."),
        null);
  }

  /** An empty group, as YAML has it where all below it is commented out. */
  private static boolean isEmpty(
      ConfigurationPropertySource source, ConfigurationPropertyName name) {
    var property = source.getConfigurationProperty(name);
    return property == null || property.getValue().toString().isEmpty();
  }

  private static boolean isOwn(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> underlying
        && (underlying instanceof CommandLinePropertySource<?>
            || underlying instanceof ResourcePropertySource
            || underlying.getName().startsWith("Config resource '")
            || OWN.contains(underlying.getName()));
  }
}
