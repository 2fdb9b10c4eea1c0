package io.github.twinpool.spring;

import io.github.twinpool.token.TokenValidator;

/** A bean that changes the builder of the token validator after the properties have. */
@FunctionalInterface
public interface TokenValidatorBuilderCustomizer {
  /** Changes the builder. */
  void customize(TokenValidator.Builder builder);
}
