package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;

/**
 * One {@code iss} that is trusted, and all that follows from it.
 *
 * @param uri the exact {@code iss}
 * @param type which of the pool's issuers it is
 * @param pool the pool
 * @param keys the pool's keys
 * @param rules what the pool's tokens must satisfy
 */
record TrustedIssuer(String uri, IssuerType type, UserPool pool, PoolKeys keys, ClaimRules rules) {}
