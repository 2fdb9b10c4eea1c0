package io.github.twinpool.operations;

import org.jspecify.annotations.Nullable;

/** Why an operator's command could not do its work. Its text names no secrets. */
public abstract sealed class OperationsException extends RuntimeException
    permits ChangePendingException,
        MissingCredentialsException,
        MissingPermissionException,
        ServiceUnreachableException,
        OperationRefusedException,
        SetupBlockedException {
  private static final long serialVersionUID = 1L;

  OperationsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
