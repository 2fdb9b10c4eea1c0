/**
 * {@link io.github.twinpool.UserPool} is the entry: what a multi-Region Amazon Cognito user pool
 * is, and what each of its Regions may serve. Plain values, no AWS SDK, no I/O.
 */
@NullMarked
package io.github.twinpool;

import org.jspecify.annotations.NullMarked;
