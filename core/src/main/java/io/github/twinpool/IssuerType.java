package io.github.twinpool;

/**
 * The two issuers that a user pool can have, by the names of the Cognito API ({@code
 * IssuerConfiguration}). Both name the primary Region, also in tokens that the secondary minted.
 */
public enum IssuerType {
  /** {@code https://cognito-idp.{primary}.amazonaws.com/{poolId}}, served by the primary Region. */
  ORIGINAL("cognito-idp"),
  /**
   * {@code https://issuer-cognito-idp.{primary}.amazonaws.com/{poolId}}, served from several
   * Regions. Its host answers 403 for a pool that has not switched to it.
   */
  UPDATED("issuer-cognito-idp");

  private final String hostPrefix;

  IssuerType(String hostPrefix) {
    this.hostPrefix = hostPrefix;
  }

  /** The issuer's address without the pool's ID. */
  String host(String primaryRegion, AwsPartition partition) {
    return "https://" + hostPrefix + "." + primaryRegion + "." + partition.dnsSuffix();
  }
}
