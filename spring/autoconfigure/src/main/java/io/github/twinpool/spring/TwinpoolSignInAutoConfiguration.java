package io.github.twinpool.spring;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.signin.AuthorizationCodeFlowBuilder;
import io.github.twinpool.signin.SignIn;
import io.github.twinpool.signin.SignInBuilder;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** How people sign in: by the user pools API, or browsers through the pool's domain. */
@AutoConfiguration(
    after = {TwinpoolFailoverAutoConfiguration.class, TwinpoolTokenAutoConfiguration.class})
@ConditionalOnClass({SignIn.class, MultiRegionCognito.class, TokenValidator.class})
@ConditionalOnBean(MultiRegionCognito.class)
@EnableConfigurationProperties({TwinpoolSignInProperties.class, TwinpoolLoginProperties.class})
final class TwinpoolSignInAutoConfiguration {
  private static final String SIGN_IN = "twinpool.sign-in";
  private static final String LOGIN = "twinpool.login";

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("twinpool.sign-in.client-id")
  SignIn signIn(
      MultiRegionCognito cognito,
      TwinpoolSignInProperties properties,
      ObjectProvider<SignInBuilderCustomizer> customizers) {
    SignInBuilder builder = SignIn.builder(cognito, clientId(SIGN_IN, properties.clientId()));
    PropertySetter setter = new PropertySetter(SIGN_IN);
    setter
        .set(
            "client-secret",
            secret(SIGN_IN, properties.clientSecret()),
            it -> builder.clientSecret(() -> it))
        .set("session-validity", properties.sessionValidity(), builder::sessionValidity)
        .set("refresh-ahead", properties.refreshAhead(), builder::refreshAhead);
    List<SecretKey> keys = RequiredProperties.keys(SIGN_IN + ".step-keys", properties.stepKeys());
    if (!keys.isEmpty()) {
      builder.stepKeys(keys.get(0), previous(keys));
    }
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return setter.build(builder::build);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(TokenValidator.class)
  @ConditionalOnProperty("twinpool.login.redirect-uri")
  AuthorizationCodeFlow authorizationCodeFlow(
      MultiRegionCognito cognito,
      TokenValidator validator,
      TwinpoolLoginProperties properties,
      ObjectProvider<AuthorizationCodeFlowBuilderCustomizer> customizers) {
    RequiredProperties.requireDomain(cognito.userPool());
    AuthorizationCodeFlowBuilder builder =
        AuthorizationCodeFlow.builder(cognito, validator, clientId(LOGIN, properties.clientId()));
    PropertySetter setter = new PropertySetter(LOGIN);
    setter
        .set(
            "client-secret",
            secret(LOGIN, properties.clientSecret()),
            it -> builder.clientSecret(() -> it))
        .set("redirect-uri", properties.redirectUri(), builder::redirectUri)
        .set("logout-uri", properties.logoutUri(), builder::logoutUri)
        .set("scopes", properties.scopes(), it -> builder.scopes(it.toArray(new String[0])))
        .set(
            "return-origins",
            properties.returnOrigins(),
            it -> builder.returnOrigins(it.toArray(new URI[0])))
        .set("login-validity", properties.loginValidity(), builder::loginValidity)
        .set("refresh-ahead", properties.refreshAhead(), builder::refreshAhead)
        .set("request-timeout", properties.requestTimeout(), builder::requestTimeout);
    List<SecretKey> keys = RequiredProperties.keys(LOGIN + ".state-keys", properties.stateKeys());
    if (!keys.isEmpty()) {
      builder.stateKeys(keys.get(0), previous(keys));
    }
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return setter.build(builder::build);
  }

  private static String clientId(String prefix, @Nullable String clientId) {
    return RequiredProperties.text(
        prefix + ".client-id", clientId, "the ID of the app client that people sign in to");
  }

  private static @Nullable String secret(String prefix, @Nullable String secret) {
    return RequiredProperties.optional(
        prefix + ".client-secret", secret, "the app client's secret; leave it out if it has none");
  }

  private static SecretKey[] previous(List<SecretKey> keys) {
    return keys.subList(1, keys.size()).toArray(new SecretKey[0]);
  }
}
