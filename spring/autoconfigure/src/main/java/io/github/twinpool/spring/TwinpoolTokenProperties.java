package io.github.twinpool.spring;

import io.github.twinpool.token.Preload;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How tokens are validated, those of all pools.
 *
 * @param enabled Whether to configure a token validator and what Spring Security needs of it.
 * @param use Kind of tokens that the JwtDecoder accepts.
 * @param clockSkew How far this clock and Cognito's may be apart, at most 5 minutes.
 * @param maxLength Longest token that is looked at, in characters.
 * @param preload When to fetch the keys for the first time.
 * @param refreshInterval Age at which keys are refreshed at the latest, 30 seconds to 24 hours.
 * @param removedKeyGrace How long a key is still accepted after the fetch that missed it.
 * @param outageMaxAge How long keys are accepted after the last successful fetch.
 * @param keysTimeout Longest that a request waits while there are no keys.
 * @param cacheSize Memory for the cache of verified tokens, or 0 for no cache.
 * @param correttoCrypto Whether to use the Amazon Corretto Crypto Provider where it is present.
 * @param retryAfter Retry-After of the answer 503 to a request whose token nobody can check now.
 */
@ConfigurationProperties("twinpool.token")
record TwinpoolTokenProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("access") Use use,
    @DefaultValue("0s") Duration clockSkew,
    @DefaultValue("16384") int maxLength,
    @DefaultValue("background") Preload preload,
    @DefaultValue("5m") Duration refreshInterval,
    @DefaultValue("10m") Duration removedKeyGrace,
    @DefaultValue("72h") Duration outageMaxAge,
    @DefaultValue("5s") Duration keysTimeout,
    @DefaultValue("64MB") DataSize cacheSize,
    @DefaultValue("true") boolean correttoCrypto,
    @DefaultValue("5s") Duration retryAfter) {

  /** The kinds of tokens. */
  enum Use {
    /** Access tokens: what somebody may do. */
    ACCESS,
    /** ID tokens: who somebody is. Not meant to authorize calls of an API. */
    ID
  }
}
