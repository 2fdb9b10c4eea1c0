package io.github.twinpool.failover;

/** Which Region the calls that either Region could serve are sent to. */
public enum FailoverMode {
  /** To the primary: the normal state. */
  PRIMARY,
  /** To the secondary: the primary failed. */
  SECONDARY,
  /** Back to the primary step by step: a growing share of new sign-ins goes there. */
  FAILBACK,
  /** To the Region that a person decided on, until that decision expires. */
  OVERRIDE
}
