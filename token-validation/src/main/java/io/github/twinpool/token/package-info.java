/**
 * {@link io.github.twinpool.token.TokenValidator} is the entry: is this Cognito token good,
 * whichever Region minted it? It needs no AWS SDK, and once it has keys it waits for no network.
 */
@NullMarked
package io.github.twinpool.token;

import org.jspecify.annotations.NullMarked;
