package io.github.twinpool.signin;

/**
 * What caching did for {@link MachineTokens}: Cognito bills each successful token request.
 *
 * @param served tokens that were handed out
 * @param requested requests that the token endpoint answered with a token
 * @param failed requests that it refused, or that nobody answered
 */
public record MachineTokenCounts(long served, long requested, long failed) {

  /** Token requests that were not needed, because a token was at hand. */
  public long saved() {
    return Math.max(0, served - requested);
  }
}
