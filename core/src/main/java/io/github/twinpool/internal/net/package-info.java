/** Rules about addresses that all modules keep. For Twinpool's own modules; uses the JDK only. */
@NullMarked
package io.github.twinpool.internal.net;

import org.jspecify.annotations.NullMarked;
