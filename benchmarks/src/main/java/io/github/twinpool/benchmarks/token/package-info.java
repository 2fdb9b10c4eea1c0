/**
 * {@link io.github.twinpool.benchmarks.token.TokenBenchmarks} shows what validating a token costs,
 * beside four other libraries; {@link io.github.twinpool.benchmarks.token.TokenMemory} what it
 * costs to keep 100,000 of them.
 */
@NullMarked
package io.github.twinpool.benchmarks.token;

import org.jspecify.annotations.NullMarked;
