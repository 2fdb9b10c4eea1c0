/** {@code TokenValidator} is the entry: is this Cognito token good, whichever Region minted it? */
@NullMarked
package io.github.twinpool.token;

import org.jspecify.annotations.NullMarked;
