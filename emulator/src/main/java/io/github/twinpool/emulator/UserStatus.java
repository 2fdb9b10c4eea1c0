package io.github.twinpool.emulator;

/** The statuses of users that the emulator knows, by the names of the Cognito API. */
enum UserStatus {
  UNCONFIRMED,
  CONFIRMED,
  FORCE_CHANGE_PASSWORD,
  RESET_REQUIRED,
  EXTERNAL_PROVIDER
}
