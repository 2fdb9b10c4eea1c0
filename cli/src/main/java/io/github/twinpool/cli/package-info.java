/** {@link io.github.twinpool.cli.TwinpoolCommand} is the operators' command line. */
@NullMarked
package io.github.twinpool.cli;

import org.jspecify.annotations.NullMarked;
