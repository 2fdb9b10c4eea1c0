package io.github.twinpool.signin;

import org.jspecify.annotations.Nullable;

/**
 * What this module itself has to say. Refusals by Cognito (a wrong password, a wrong code) are the
 * AWS SDK's service exceptions and pass through unchanged; an outage is {@link
 * io.github.twinpool.failover.RegionsUnavailableException}, and a conversation whose Region is gone
 * {@link io.github.twinpool.failover.SignInInterruptedException}. At the pool's domain there is no
 * AWS SDK: its refusals are {@link OAuthErrorException} and its outage {@link
 * DomainUnavailableException}.
 */
public abstract sealed class SignInException extends RuntimeException
    permits AuthorizationException,
        CapabilityUnavailableException,
        ClientSecretUnavailableException,
        DomainUnavailableException,
        OAuthErrorException,
        SealedStepException,
        SessionEndedException,
        SignInProtocolException {
  private static final long serialVersionUID = 1L;

  SignInException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
