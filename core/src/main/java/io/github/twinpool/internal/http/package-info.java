/**
 * Rules about HTTP that several modules must hold alike: which paths have one reading only. Not
 * part of the public API; uses the JDK only.
 */
@NullMarked
package io.github.twinpool.internal.http;

import org.jspecify.annotations.NullMarked;
