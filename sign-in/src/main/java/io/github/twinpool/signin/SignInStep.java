package io.github.twinpool.signin;

/**
 * Where a sign-in stands: the person is signed in, or there is a challenge to answer. Closed, so
 * that a {@code switch} can cover it; a challenge that this version does not know is an {@link
 * UnknownChallenge}.
 */
public sealed interface SignInStep permits SignedIn, SignInChallenge {}
