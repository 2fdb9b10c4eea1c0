/** Good: the one package here that is null-marked. */
@NullMarked
package io.github.twinpool.houserules.bad.emulator;

import org.jspecify.annotations.NullMarked;
