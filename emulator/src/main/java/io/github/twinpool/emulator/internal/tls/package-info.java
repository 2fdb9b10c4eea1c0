/** Certificates for the emulator's HTTPS, good ones and bad ones. Needs nothing but the JDK. */
@NullMarked
package io.github.twinpool.emulator.internal.tls;

import org.jspecify.annotations.NullMarked;
