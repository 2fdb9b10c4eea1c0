package io.github.twinpool.token;

import io.github.twinpool.UserPool;

/**
 * One {@code iss} that is trusted, and all that follows from it.
 *
 * @param origin the issuer and its pool
 * @param keys the pool's keys
 * @param rules what the pool's tokens must satisfy
 */
record TrustedIssuer(Origin origin, PoolKeys keys, ClaimRules rules) {
  UserPool pool() {
    return origin.pool();
  }
}
