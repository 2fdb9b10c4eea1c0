package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;

/**
 * Where a token is from.
 *
 * @param pool the pool
 * @param issuer the exact {@code iss}
 * @param type which of the pool's issuers it is
 */
record Origin(UserPool pool, String issuer, IssuerType type) {}
