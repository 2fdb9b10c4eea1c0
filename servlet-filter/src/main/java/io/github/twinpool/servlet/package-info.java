/**
 * {@link io.github.twinpool.servlet.CognitoTokenFilter} is the entry: a {@code jakarta.servlet}
 * filter that lets requests with good Amazon Cognito tokens through, whichever Region minted them.
 */
@NullMarked
package io.github.twinpool.servlet;

import org.jspecify.annotations.NullMarked;
