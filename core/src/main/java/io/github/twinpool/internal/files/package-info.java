/**
 * Files that only one user of a machine may read. Not part of the public API; uses the JDK only.
 */
@NullMarked
package io.github.twinpool.internal.files;

import org.jspecify.annotations.NullMarked;
