/** {@code OutageDemo} is the entry: watch sign-ins go on while the primary Region is down. */
@NullMarked
package io.github.twinpool.examples;

import org.jspecify.annotations.NullMarked;
