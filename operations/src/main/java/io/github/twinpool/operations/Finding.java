package io.github.twinpool.operations;

/**
 * What would hurt on the day of an outage.
 *
 * @param check what was looked at
 * @param severity how much it would hurt
 * @param evidence what was seen, a sentence without a full stop
 * @param remedy what to do, a sentence without a full stop
 */
public record Finding(Check check, Severity severity, String evidence, String remedy) {

  /** How much a finding would hurt. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Some people or features would suffer. */
    WARNING,
    /** People could not sign in. */
    CRITICAL
  }

  /** What the doctor looks at, in this order. */
  public enum Check {
    /** There is a replica, and it is ACTIVE. */
    REPLICA,
    /** The pool's key is usable in both Regions. */
    KEY,
    /** Each Lambda trigger of the primary is set on the replica, too. */
    TRIGGERS,
    /** The replica can send e-mail. */
    EMAIL,
    /** The replica can send SMS. */
    SMS,
    /** The replica has a web ACL of WAF, if the pool has one. */
    WAF,
    /** The replica exports the logs that the primary exports. */
    LOG_EXPORT,
    /** Threat protection can send e-mail on the replica. */
    THREAT_PROTECTION_EMAIL,
    /** The replica has the primary's tags. */
    TAGS,
    /** App clients and their secrets have reached the replica. */
    CLIENT_SECRETS,
    /** The account has no lower quotas in the secondary Region than in the primary. */
    QUOTAS,
    /** Nobody needs TOTP, which the secondary does not check. */
    TOTP,
    /** The issuer publishes its keys from several Regions. */
    ISSUER,
    /** The pool's domains are failed over. */
    DOMAIN,
    /** The health check that they follow is there, enabled, not inverted, and healthy. */
    HEALTH_CHECK,
    /** This application's IAM identity may do in the secondary what it may do in the primary. */
    IDENTITY,
    /** Each host that publishes the pool's keys can be reached from here. */
    JWKS,
    /** The clock here is right. */
    CLOCK,
    /** This JVM forgets addresses soon enough. */
    DNS_CACHE
  }

  @Override
  public String toString() {
    return check + ": " + severity + ", " + evidence;
  }
}
