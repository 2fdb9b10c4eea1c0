package io.github.twinpool.spring;

import io.github.twinpool.spring.TwinpoolTokenProperties.Use;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.VerifiedToken;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Spring Security's decoder, by our validator. */
final class CognitoJwtDecoder implements JwtDecoder {
  private final TokenValidator validator;
  private final Use use;
  private final VerifiedJwts jwts;
  private final ObservationRegistry observations;

  CognitoJwtDecoder(
      TokenValidator validator, Use use, VerifiedJwts jwts, ObservationRegistry observations) {
    this.validator = validator;
    this.use = use;
    this.jwts = jwts;
    this.observations = observations;
  }

  @Override
  @SuppressWarnings("try") // The scope is there to be closed.
  public Jwt decode(String token) {
    Observation observation = TokenObservations.start(observations, use);
    try (Observation.Scope scope = observation.openScope()) {
      Jwt jwt = jwts.jwt(token, validate(token));
      TokenObservations.stop(observation, null);
      return jwt;
    } catch (RuntimeException e) {
      TokenObservations.stop(observation, e);
      throw VerifiedJwts.failure(e);
    }
  }

  private VerifiedToken validate(String token) {
    return use == Use.ACCESS
        ? validator.validateAccessToken(token)
        : validator.validateIdToken(token);
  }
}
