/** Threads and executors of all modules. Not for applications. Needs nothing but the JDK. */
@NullMarked
package io.github.twinpool.internal.concurrent;

import org.jspecify.annotations.NullMarked;
