package io.github.twinpool.signin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;

/** Reads Cognito's refusals where one exception stands for several things. */
final class Refusals {
  private Refusals() {}

  /** What Cognito says, in lower case and without the full stop; empty for nothing. */
  static String text(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    @Nullable String text = details == null ? null : details.errorMessage();
    if (text == null) {
      return "";
    }
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /**
   * Whether the user has no such device. "Device does not exist." is what public reports quote; the
   * same exception tells that a pool or an app client does not exist.
   */
  static boolean ofTheDevice(Throwable error) {
    return error instanceof ResourceNotFoundException refusal
        && text(refusal).startsWith("device ");
  }
}
