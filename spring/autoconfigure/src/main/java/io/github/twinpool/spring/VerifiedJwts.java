package io.github.twinpool.spring;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.KeysUnavailableException;
import io.github.twinpool.token.VerifiedToken;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/** Puts verified tokens, and the failures of others, in the terms of Spring Security. */
final class VerifiedJwts {
  private final Converter<Map<String, Object>, Map<String, Object>> claims =
      MappedJwtClaimSetConverter.withDefaults(Map.of());
  private final List<OAuth2TokenValidator<Jwt>> validators;

  /**
   * @param audiences of which a token must name one, as Boot's decoders check it; none for all
   * @param validators checks of the application's own, as Boot's decoders make them, too
   */
  VerifiedJwts(List<String> audiences, List<OAuth2TokenValidator<Jwt>> validators) {
    List<OAuth2TokenValidator<Jwt>> all = new ArrayList<>(validators);
    if (!audiences.isEmpty()) {
      // A list that ends with a comma has an empty element, which must accept nothing.
      Set<String> accepted =
          audiences.stream().filter(it -> !it.isBlank()).collect(Collectors.toUnmodifiableSet());
      all.add(
          new JwtClaimValidator<List<String>>(
              JwtClaimNames.AUD, aud -> aud != null && aud.stream().anyMatch(accepted::contains)));
    }
    this.validators = List.copyOf(all);
  }

  /**
   * The token with the claims that Boot's decoders would give it.
   *
   * @throws BadJwtException if a check of the application's own refuses it
   */
  Jwt jwt(String token, VerifiedToken verified) {
    Jwt jwt;
    try {
      JWSHeader header = JWSHeader.parse(new Base64URL(token.substring(0, token.indexOf('.'))));
      jwt =
          Jwt.withTokenValue(token)
              .headers(headers -> headers.putAll(header.toJSONObject()))
              .claims(all -> all.putAll(claims.convert(new HashMap<>(verified.claims()))))
              .build();
    } catch (ParseException | IllegalArgumentException e) {
      throw new BadJwtException("The token has times that contradict each other", e);
    }
    for (OAuth2TokenValidator<Jwt> validator : validators) {
      OAuth2TokenValidatorResult result = validator.validate(jwt);
      if (result.hasErrors()) {
        throw new JwtValidationException("The token was refused", result.getErrors());
      }
    }
    return jwt;
  }

  /** A bad token is 401 or 403, missing keys are 503, anything else is a bug and stays as it is. */
  static RuntimeException failure(RuntimeException failure) {
    if (failure instanceof KeysUnavailableException unavailable) {
      return new JwtKeysUnavailableException(unavailable);
    }
    if (failure instanceof InvalidTokenException invalid) {
      String message = String.valueOf(invalid.getMessage());
      return invalid.httpStatus() == 403
          ? new OAuth2AuthenticationException(
              BearerTokenErrors.insufficientScope(message, ""), invalid)
          : new BadJwtException(message, invalid);
    }
    return failure;
  }
}
