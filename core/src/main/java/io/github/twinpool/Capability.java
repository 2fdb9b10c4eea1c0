package io.github.twinpool;

/**
 * What an application can offer its users, and what an outage of the primary Region may take away.
 * AWS asks applications to <em>disable in the user interface</em> what the secondary cannot do.
 * {@link OperationSupport} says which API operations each capability stands for.
 */
public enum Capability {
  /** Signing in and answering challenges. */
  SIGN_IN,
  /** Signing in with a time-based one-time password, which the secondary does not support. */
  TOTP_SIGN_IN,
  /** New tokens for a refresh token. */
  TOKEN_REFRESH,
  /** Signing out and revoking refresh tokens. */
  SIGN_OUT,
  /** Reading users, their groups and devices. */
  USER_READ,
  /** Reading what both Regions know about the pool: app clients, groups, identity providers. */
  POOL_READ,
  /** Registering new users. */
  SIGN_UP,
  /** Forgotten passwords. */
  PASSWORD_RESET,
  /** A signed-in user's change of password. */
  PASSWORD_CHANGE,
  /** A user's change of their own attributes, and deleting themselves. */
  PROFILE_UPDATE,
  /** Setting up or changing multi-factor authentication. */
  MFA_SETUP,
  /** Confirming, remembering and forgetting devices. */
  DEVICE_MANAGEMENT,
  /** Registering and deleting passkeys. */
  PASSKEY_MANAGEMENT,
  /** Machine tokens through the API operation GetClientToken. */
  MACHINE_TOKENS,
  /** Changes that an administrator makes to users and groups. */
  USER_ADMINISTRATION,
  /** Changes to the pool, its app clients and its identity providers. */
  POOL_ADMINISTRATION,
  /** Settings that each Region keeps for itself: e-mail, SMS, Lambda triggers, tags, logs. */
  REGION_CONFIGURATION
}
