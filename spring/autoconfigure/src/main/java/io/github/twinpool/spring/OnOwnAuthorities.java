package io.github.twinpool.spring;

import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless the application says by Boot's own properties what authorities are to be made of:
 * then Boot's converter is made, and ours must not be there before it.
 */
final class OnOwnAuthorities extends SpringBootCondition {
  private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt";
  private static final Set<String> NAMES =
      Set.of(
          "authority-prefix",
          "authorities-claim-name",
          "authorities-claim-delimiter",
          "authorities-expressions",
          "principal-claim-name");

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Map<String, Object> set =
        Binder.get(context.getEnvironment())
            .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
            .orElse(Map.of());
    ConditionMessage.Builder message = ConditionMessage.forCondition("Twinpool's authorities");
    return NAMES.stream().anyMatch(set::containsKey)
        ? ConditionOutcome.noMatch(message.because("authorities are set under " + PREFIX))
        : ConditionOutcome.match(message.because("none are set under " + PREFIX));
  }
}
