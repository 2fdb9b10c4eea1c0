package io.github.twinpool.spring;

import io.github.twinpool.spring.TwinpoolTokenProperties.Use;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.VerifiedToken;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.CompletableFuture;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** The same as {@link CognitoJwtDecoder}, without blocking. */
final class CognitoReactiveJwtDecoder implements ReactiveJwtDecoder {
  private final TokenValidator validator;
  private final Use use;
  private final VerifiedJwts jwts;
  private final ObservationRegistry observations;

  CognitoReactiveJwtDecoder(
      TokenValidator validator, Use use, VerifiedJwts jwts, ObservationRegistry observations) {
    this.validator = validator;
    this.use = use;
    this.jwts = jwts;
    this.observations = observations;
  }

  @Override
  public Mono<Jwt> decode(String token) {
    return Mono.defer(
        () -> {
          Observation observation = TokenObservations.start(observations, use);
          return Mono.fromFuture(validate(token))
              .map(verified -> jwts.jwt(token, verified))
              .doOnSuccess(jwt -> TokenObservations.stop(observation, null))
              .doOnError(failure -> TokenObservations.stop(observation, failure))
              .doOnCancel(() -> TokenObservations.cancel(observation))
              .onErrorMap(RuntimeException.class, VerifiedJwts::failure);
        });
  }

  private CompletableFuture<? extends VerifiedToken> validate(String token) {
    return use == Use.ACCESS
        ? validator.validateAccessTokenAsync(token)
        : validator.validateIdTokenAsync(token);
  }
}
