package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import io.github.twinpool.spring.TwinpoolProperties.Pool;
import io.github.twinpool.spring.TwinpoolTokenProperties.Use;
import io.github.twinpool.token.PoolOptions;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.TokenValidatorListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Says whether a token is good, whichever Region minted it. Starts while no Region answers. */
@AutoConfiguration(after = TwinpoolAutoConfiguration.class)
@ConditionalOnClass(TokenValidator.class)
@ConditionalOnBooleanProperty(name = "twinpool.token.enabled", matchIfMissing = true)
@ConditionalOnBean(UserPool.class)
@EnableConfigurationProperties({TwinpoolProperties.class, TwinpoolTokenProperties.class})
final class TwinpoolTokenAutoConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  TokenValidator tokenValidator(
      UserPool pool,
      TwinpoolConnectionDetails details,
      TwinpoolProperties properties,
      TwinpoolTokenProperties token,
      ObjectProvider<TokenValidatorListener> listeners,
      ObjectProvider<TokenValidatorBuilderCustomizer> customizers) {
    TokenValidator.Builder builder = TokenValidator.builder(pool);
    requireUsable("twinpool", properties.mainPool(), token);
    apply("twinpool", properties.mainPool(), details.clientIds(), builder);
    for (Map.Entry<String, Pool> other : properties.additionalPools().entrySet()) {
      String prefix = "twinpool.additional-pools." + other.getKey();
      Pool values = other.getValue();
      requireUsable(prefix, values, token);
      builder.pool(
          PropertiesConnectionDetails.userPool(prefix, values),
          options -> apply(prefix, values, values.clientIds(), options));
    }
    apply(token, builder);
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return build(builder, properties.additionalPools());
  }

  /** A builder names the pool by its ID, an application by its own name for it. */
  private static TokenValidator build(TokenValidator.Builder builder, Map<String, Pool> others) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String prefix =
          others.entrySet().stream()
              .filter(it -> message.contains("user pool " + it.getValue().userPoolId() + " "))
              .map(it -> "twinpool.additional-pools." + it.getKey())
              .findFirst()
              .orElse("twinpool");
      if (message.startsWith("pool '")) {
        throw new InvalidTwinpoolPropertyException("twinpool.additional-pools", message, e);
      }
      return new PropertySetter(prefix)
          .build(
              () -> {
                throw e;
              });
    }
  }

  /** An ID token has no scopes and is bound to no resource: a requirement would stop none. */
  private static void requireUsable(String prefix, Pool pool, TwinpoolTokenProperties token) {
    if (token.use() != Use.ID) {
      return;
    }
    String property = null;
    if (!pool.require().scopes().isEmpty()) {
      property = prefix + ".require.scopes";
    } else if (pool.require().audience() != null) {
      property = prefix + ".require.audience";
    }
    if (property != null) {
      throw new InvalidTwinpoolPropertyException(
          property,
          "does nothing for ID tokens, which twinpool.token.use=id accepts. Remove one of them; "
              + prefix
              + ".require.any-group holds for ID tokens, too",
          null);
    }
  }

  private static void apply(
      String prefix, Pool pool, Set<String> clientIds, PoolOptions<?> options) {
    PropertySetter setter = new PropertySetter(prefix);
    setter
        .setAll("client-ids", clientIds, options::clientId)
        .set("issuer", pool.issuer(), options::issuer)
        .set(
            "accept-secondary-issuer", pool.acceptSecondaryIssuer(), options::acceptSecondaryIssuer)
        .set("keys.fetch", pool.keys().fetch(), options::fetchKeys)
        .set("keys.secondary-source", pool.keys().secondarySource(), options::secondaryKeySource)
        .set("keys.snapshot-file", pool.keys().snapshotFile(), options::snapshotFile)
        .setAll("require.scopes", pool.require().scopes(), options::requireScopes)
        .setAll("require.any-group", pool.require().anyGroup(), options::requireAnyGroup)
        .set("require.audience", pool.require().audience(), options::requireAudience);
    pool.keys().sources().forEach(it -> setter.set("keys.sources", it, options::keySource));
    pool.keys().files().forEach((Path it) -> setter.set("keys.files", it, options::keyFile));
    if (pool.anyClient()) {
      options.anyClient();
    }
    if (pool.anyClient() == !clientIds.isEmpty()) {
      throw new InvalidTwinpoolPropertyException(
          prefix + ".client-ids",
          "whose tokens are accepted? Set this or "
              + prefix
              + ".any-client=true, not both; an application that validates no tokens sets"
              + " twinpool.token.enabled=false",
          null);
    }
  }

  private static void apply(TwinpoolTokenProperties token, TokenValidator.Builder builder) {
    new PropertySetter("twinpool.token")
        .set("clock-skew", token.clockSkew(), builder::clockSkew)
        .set("max-length", token.maxLength(), builder::maxTokenLength)
        .set("preload", token.preload(), builder::preload)
        .set("refresh-interval", token.refreshInterval(), builder::refreshInterval)
        .set("removed-key-grace", token.removedKeyGrace(), builder::removedKeyGrace)
        .set("outage-max-age", token.outageMaxAge(), builder::outageMaxAge)
        .set("keys-timeout", token.keysTimeout(), builder::keysTimeout)
        .set("cache-size", token.cacheSize().toBytes(), builder::tokenCacheBytes)
        .set("corretto-crypto", token.correttoCrypto(), builder::correttoCrypto)
        .set("retry-after", token.retryAfter(), Durations::requireRetryAfter);
  }

  @Bean
  TokenView twinpoolTokenView(
      ObjectProvider<TokenValidator> validators, TwinpoolTokenProperties token) {
    return new ValidatorView(validators.orderedStream().toList(), token.preload());
  }
}
