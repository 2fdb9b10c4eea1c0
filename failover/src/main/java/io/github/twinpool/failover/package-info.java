/**
 * {@code MultiRegionCognito} is the entry: an AWS SDK client of Amazon Cognito that chooses the
 * Region of every call.
 */
@NullMarked
package io.github.twinpool.failover;

import org.jspecify.annotations.NullMarked;
