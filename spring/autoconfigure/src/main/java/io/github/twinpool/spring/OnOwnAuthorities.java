package io.github.twinpool.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless the application says by Boot's own properties what authorities are to be made of:
 * then Boot's converter is made, and ours must not be there before it.
 */
final class OnOwnAuthorities extends SpringBootCondition {
  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Twinpool's authorities");
    return BootsJwtProperties.of(context.getEnvironment()).authorities().isEmpty()
        ? ConditionOutcome.match(message.because("Boot's properties name no others"))
        : ConditionOutcome.noMatch(message.because("Boot's properties name others"));
  }
}
