package io.github.twinpool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The AWS partition of a Region: which DNS suffix and which ARN prefix its resources have. AWS adds
 * partitions, and so do later versions: a {@code switch} needs a {@code default}.
 *
 * <p>Source: the partition metadata of the AWS SDK for Java 2.54.15.
 */
public enum AwsPartition {
  /** The commercial Regions. */
  AWS("aws", "", "amazonaws.com", "amazoncognito.com"),
  /** The Regions in China. */
  AWS_CN("aws-cn", "cn-", "amazonaws.com.cn", "amazoncognito.com.cn"),
  /** AWS GovCloud (US). */
  AWS_US_GOV("aws-us-gov", "us-gov-", "amazonaws.com", "amazoncognito.com"),
  /** The AWS European Sovereign Cloud. */
  AWS_EUSC("aws-eusc", "eusc-", "amazonaws.eu", null),
  /** The isolated partition of the US. */
  AWS_ISO("aws-iso", "us-iso-", "c2s.ic.gov", null),
  /** The second isolated partition of the US. */
  AWS_ISO_B("aws-iso-b", "us-isob-", "sc2s.sgov.gov", null),
  /** The isolated partition of Europe. */
  AWS_ISO_E("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", null),
  /** The third isolated partition of the US. */
  AWS_ISO_F("aws-iso-f", "us-isof-", "csp.hci.ic.gov", null);

  private final String id;
  private final String prefix;
  private final String dnsSuffix;
  private final @Nullable String domainSuffix;

  AwsPartition(String id, String prefix, String dnsSuffix, @Nullable String domainSuffix) {
    this.id = id;
    this.prefix = prefix;
    this.dnsSuffix = dnsSuffix;
    this.domainSuffix = domainSuffix;
  }

  /** The partition of a Region, told by the Region's prefix. */
  public static AwsPartition ofRegion(String region) {
    for (AwsPartition partition : values()) {
      if (partition != AWS && region.startsWith(partition.prefix)) {
        return partition;
      }
    }
    return AWS;
  }

  /** The name in ARNs, for instance {@code aws-cn}. */
  public String id() {
    return id;
  }

  /** The suffix of service hosts, for instance {@code amazonaws.com.cn}. */
  public String dnsSuffix() {
    return dnsSuffix;
  }

  /** The suffix of prefix domains, if AWS has published one for this partition. */
  Optional<String> domainSuffix() {
    return Optional.ofNullable(domainSuffix);
  }
}
