/**
 * {@code CognitoEmulator} is the entry: a two-Region Amazon Cognito in one JVM, with outages on
 * demand. For tests and demonstrations, never for production.
 */
@NullMarked
package io.github.twinpool.emulator;

import org.jspecify.annotations.NullMarked;
