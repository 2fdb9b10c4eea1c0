/**
 * Threads and executors of all modules. Not for applications. Needs nothing but the JDK and SLF4J.
 */
@NullMarked
package io.github.twinpool.internal.concurrent;

import org.jspecify.annotations.NullMarked;
