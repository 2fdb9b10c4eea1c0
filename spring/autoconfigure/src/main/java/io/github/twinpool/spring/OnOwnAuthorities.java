package io.github.twinpool.spring;

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
          "authorities-claim-expressions",
          "principal-claim-name");

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Binder binder = Binder.get(context.getEnvironment());
    ConditionMessage.Builder message = ConditionMessage.forCondition("Twinpool's authorities");
    return NAMES.stream().anyMatch(name -> isSet(name, binder))
        ? ConditionOutcome.noMatch(message.because("authorities are set under " + PREFIX))
        : ConditionOutcome.match(message.because("none are set under " + PREFIX));
  }

  /** However it is spelt: environment variables have no dashes, and lists may have indices. */
  private static boolean isSet(String name, Binder binder) {
    return binder.bind(PREFIX + "." + name, Bindable.listOf(String.class)).isBound();
  }
}
