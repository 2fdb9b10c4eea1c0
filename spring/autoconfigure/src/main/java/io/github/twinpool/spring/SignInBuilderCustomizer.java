package io.github.twinpool.spring;

import io.github.twinpool.signin.SignInBuilder;

/** A bean that changes the builder of the sign-in after the properties have. */
@FunctionalInterface
public interface SignInBuilderCustomizer {
  /** Changes the builder. */
  void customize(SignInBuilder builder);
}
