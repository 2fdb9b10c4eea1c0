/**
 * {@link io.github.twinpool.signin.SignIn} is the entry: it signs people in to Amazon Cognito by
 * every method, as a conversation of typed steps that survives the failure of a Region or says why
 * it cannot. Beside it, for what goes through the pool's domain, are {@link
 * io.github.twinpool.signin.MachineTokens} and {@link
 * io.github.twinpool.signin.AuthorizationCodeFlow}.
 */
@NullMarked
package io.github.twinpool.signin;

import org.jspecify.annotations.NullMarked;
