package io.github.twinpool.spring;

import io.github.twinpool.signin.AuthorizationCodeFlowBuilder;

/** A bean that changes the builder of browsers' sign-in after the properties have. */
@FunctionalInterface
public interface AuthorizationCodeFlowBuilderCustomizer {
  /** Changes the builder. */
  void customize(AuthorizationCodeFlowBuilder builder);
}
