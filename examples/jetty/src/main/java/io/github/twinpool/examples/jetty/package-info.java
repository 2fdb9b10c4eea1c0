/**
 * {@link io.github.twinpool.examples.jetty.JettyExample} is the entry: a plain Jetty application
 * behind Twinpool's servlet filter.
 */
@NullMarked
package io.github.twinpool.examples.jetty;

import org.jspecify.annotations.NullMarked;
