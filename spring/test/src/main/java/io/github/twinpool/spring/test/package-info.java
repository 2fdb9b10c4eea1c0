/**
 * {@link io.github.twinpool.spring.test.TwinpoolEmulator} is the entry: an annotation that gives a
 * test of a Spring Boot application a two-Region Cognito of its own, with outages on demand.
 */
@NullMarked
package io.github.twinpool.spring.test;

import org.jspecify.annotations.NullMarked;
