package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import io.github.twinpool.token.TokenValidator;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtGrantedAuthoritiesConverterAdapter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * What Spring Security's {@code oauth2ResourceServer(o -> o.jwt(withDefaults()))} looks for, before
 * Boot makes its own.
 */
@AutoConfiguration(
    after = TwinpoolTokenAutoConfiguration.class,
    beforeName = {
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure"
          + ".OAuth2ResourceServerAutoConfiguration",
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive"
          + ".ReactiveOAuth2ResourceServerAutoConfiguration",
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web"
          + ".OAuth2ResourceServerWebSecurityAutoConfiguration",
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive"
          + ".ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration"
    })
@ConditionalOnClass({TokenValidator.class, JwtDecoder.class, BearerTokenErrors.class})
@ConditionalOnBooleanProperty(name = "twinpool.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "twinpool.token.enabled", matchIfMissing = true)
@ConditionalOnBean(TokenValidator.class)
final class TwinpoolSecurityAutoConfiguration {
  @Bean
  VerifiedJwts twinpoolVerifiedJwts(
      ObjectProvider<OAuth2TokenValidator<Jwt>> validators, Environment environment) {
    return new VerifiedJwts(
        BootsJwtProperties.of(environment).audiences(), validators.orderedStream().toList());
  }

  @Bean
  @Lazy(false) // Nobody injects it, and it works by being there.
  UnheededDecoderSettings twinpoolUnheededDecoderSettings(
      ListableBeanFactory beans, Environment environment) {
    return new UnheededDecoderSettings(beans, BootsJwtProperties.of(environment).unheeded());
  }

  @Bean
  PoolAuthorities twinpoolPoolAuthorities(UserPool pool, TwinpoolProperties properties) {
    Map<String, String> others = new HashMap<>();
    properties
        .additionalPools()
        .forEach((name, other) -> others.put(name, String.valueOf(other.userPoolId())));
    return new PoolAuthorities(properties.authorities(), pool.id(), others);
  }

  /** Of several validators, none: an application that has them declares its own decoder. */
  @Bean
  @ConditionalOnSingleCandidate(TokenValidator.class)
  @ConditionalOnMissingBean(JwtDecoder.class)
  CognitoJwtDecoder jwtDecoder(
      TokenValidator validator,
      TwinpoolTokenProperties properties,
      VerifiedJwts jwts,
      ObjectProvider<ObservationRegistry> observations) {
    return new CognitoJwtDecoder(
        validator,
        properties.use(),
        jwts,
        observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnOwnAuthorities.class)
  JwtAuthenticationConverter jwtAuthenticationConverter(PoolAuthorities authorities) {
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(authorities);
    return converter;
  }

  /** Where the application has no converter of its own for servlets, Boot's may be made. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnMissingBean(JwtAuthenticationConverter.class)
  @Import(PoolSeparation.class)
  static final class ServletSeparation {}

  /** The same for WebFlux. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @ConditionalOnMissingBean(ReactiveJwtAuthenticationConverter.class)
  @Import(PoolSeparation.class)
  static final class ReactiveSeparation {}

  /** Outside of web applications it is not known what uses a converter: either kind will do. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnNotWebApplication
  @ConditionalOnMissingBean({
    JwtAuthenticationConverter.class,
    ReactiveJwtAuthenticationConverter.class
  })
  @Import(PoolSeparation.class)
  static final class OtherSeparation {}

  /** What a reactive application wants of it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Mono.class)
  static final class ReactiveConfiguration {
    @Bean
    @ConditionalOnSingleCandidate(TokenValidator.class)
    @ConditionalOnMissingBean(ReactiveJwtDecoder.class)
    CognitoReactiveJwtDecoder reactiveJwtDecoder(
        TokenValidator validator,
        TwinpoolTokenProperties properties,
        VerifiedJwts jwts,
        ObjectProvider<ObservationRegistry> observations) {
      return new CognitoReactiveJwtDecoder(
          validator,
          properties.use(),
          jwts,
          observations.getIfUnique(() -> ObservationRegistry.NOOP));
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnOwnAuthorities.class)
    ReactiveJwtAuthenticationConverter reactiveJwtAuthenticationConverter(
        PoolAuthorities authorities) {
      ReactiveJwtAuthenticationConverter converter = new ReactiveJwtAuthenticationConverter();
      converter.setJwtGrantedAuthoritiesConverter(
          new ReactiveJwtGrantedAuthoritiesConverterAdapter(authorities));
      return converter;
    }
  }

  /** 503 over servlets. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass({OncePerRequestFilter.class, FilterRegistrationBean.class})
  static final class ServletConfiguration {
    @Bean
    FilterRegistrationBean<KeysUnavailableFilter> twinpoolKeysUnavailableFilter(
        TwinpoolTokenProperties properties,
        @Value("${spring.security.filter.order:-100}") int securityOrder) {
      FilterRegistrationBean<KeysUnavailableFilter> registration =
          new FilterRegistrationBean<>(new KeysUnavailableFilter(properties.retryAfter()));
      registration.setOrder(securityOrder - 1); // Around it, wherever it is.
      return registration;
    }
  }

  /** 503 over WebFlux. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @ConditionalOnClass(WebExceptionHandler.class)
  static final class WebFluxConfiguration {
    @Bean
    KeysUnavailableExceptionHandler twinpoolKeysUnavailableExceptionHandler(
        TwinpoolTokenProperties properties) {
      return new KeysUnavailableExceptionHandler(properties.retryAfter());
    }
  }
}
