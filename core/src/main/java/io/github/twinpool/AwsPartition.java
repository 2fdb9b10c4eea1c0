package io.github.twinpool;

/** The AWS partition of a Region: which DNS suffix and which ARN prefix its resources have. */
public enum AwsPartition {
  /** The commercial Regions. */
  AWS("aws", "amazonaws.com"),
  /** The Regions in China. */
  AWS_CN("aws-cn", "amazonaws.com.cn"),
  /** AWS GovCloud (US). */
  AWS_US_GOV("aws-us-gov", "amazonaws.com");

  private final String id;
  private final String dnsSuffix;

  AwsPartition(String id, String dnsSuffix) {
    this.id = id;
    this.dnsSuffix = dnsSuffix;
  }

  /** The partition of a Region, told by the Region's prefix. */
  public static AwsPartition ofRegion(String region) {
    if (region.startsWith("cn-")) {
      return AWS_CN;
    }
    return region.startsWith("us-gov-") ? AWS_US_GOV : AWS;
  }

  /** The name in ARNs, for instance {@code aws-cn}. */
  public String id() {
    return id;
  }

  /** The suffix of service hosts, for instance {@code amazonaws.com.cn}. */
  public String dnsSuffix() {
    return dnsSuffix;
  }
}
