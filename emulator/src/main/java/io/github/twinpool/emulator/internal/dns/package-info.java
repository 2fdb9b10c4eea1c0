/** DNS for the emulator's own names: who answers, and who asks. Needs nothing but the JDK. */
@NullMarked
package io.github.twinpool.emulator.internal.dns;

import org.jspecify.annotations.NullMarked;
