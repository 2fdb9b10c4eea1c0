package io.github.twinpool.failover;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A sign-in cannot go on, because the Region that set the challenge is gone and the other one does
 * not know it. Start again at InitiateAuth: that goes to a Region that answers. The person's answer
 * was not found wrong.
 */
public final class SignInInterruptedException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  private final String region;

  /** Made by the routed client, and by applications in their tests. */
  public SignInInterruptedException(String operation, String region, @Nullable Throwable cause) {
    super(
        SdkClientException.builder()
            .message(
                operation
                    + ": the sign-in began in "
                    + region
                    + ", which does not answer any longer; start again at InitiateAuth")
            .cause(cause));
    this.region = region;
  }

  /** The Region where the sign-in began. */
  public String region() {
    return region;
  }
}
