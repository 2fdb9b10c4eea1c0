package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;

/**
 * A request that reached an operation, and how it ended. Nothing in it is secret.
 *
 * @param operation the name on the wire; {@code oauth2/token} for the domain's token endpoint
 * @param step the AuthFlow of an InitiateAuth, the ChallengeName of a RespondToAuthChallenge, the
 *     grant type of an {@code oauth2/token}, or the empty string
 * @param errorType the exception's name on the wire, the OAuth error of an {@code oauth2/token}, or
 *     the empty string for a success
 */
public record ServedCall(RegionRole role, String operation, String step, String errorType) {

  /** Whether the answer was no error. */
  public boolean succeeded() {
    return errorType.isEmpty();
  }
}
