/**
 * Rules about files that several modules must hold alike: who can have put one where it is. Not for
 * applications. Uses the JDK only.
 */
@NullMarked
package io.github.twinpool.internal.files;

import org.jspecify.annotations.NullMarked;
