/**
 * Whether the libraries that are there have what Twinpool uses. For Twinpool's own modules only;
 * uses nothing but the JDK.
 */
@NullMarked
package io.github.twinpool.internal.versions;

import org.jspecify.annotations.NullMarked;
