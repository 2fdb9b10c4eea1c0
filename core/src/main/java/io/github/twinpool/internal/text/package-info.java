/** Words that people typed. For Twinpool's own modules; uses the JDK only. */
@NullMarked
package io.github.twinpool.internal.text;

import org.jspecify.annotations.NullMarked;
