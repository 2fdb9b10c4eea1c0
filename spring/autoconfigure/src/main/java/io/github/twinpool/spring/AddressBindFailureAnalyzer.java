package io.github.twinpool.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says that an address of ours cannot be read without showing what may be a secret in it. Boot's
 * own analyzer, which comes after it, shows the whole value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AddressBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
  private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("twinpool");

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
    var property = cause.getProperty();
    if (property == null || !OURS.isAncestorOf(property.getName())) {
      return null;
    }
    String value = String.valueOf(property.getValue());
    String hidden = Addresses.hide(value);
    if (hidden.equals(value)) {
      return null;
    }
    return new FailureAnalysis(
        "Twinpool cannot be configured.\n\n    "
            + property.getName()
            + ": '"
            + hidden
            + "' is no address (the rest may be a secret and is not shown)"
            + (property.getOrigin() == null ? "" : "\n    Origin: " + property.getOrigin()),
        "Correct the property " + property.getName() + ".",
        failure);
  }
}
