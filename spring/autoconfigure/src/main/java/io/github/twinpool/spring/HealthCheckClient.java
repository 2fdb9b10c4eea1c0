package io.github.twinpool.spring;

import io.github.twinpool.AwsPartition;
import io.github.twinpool.UserPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/**
 * The client that reads the health check: the application's, or one made here, which closes after
 * the signal that needs it. Making it asks nobody.
 */
final class HealthCheckClient implements AutoCloseable {
  private final Route53Client client;
  private final boolean own;

  private HealthCheckClient(Route53Client client, boolean own) {
    this.client = client;
    this.own = own;
  }

  /**
   * @param brought the application's client, if it has one
   * @param credentials for a client made here; null for the SDK's default ones
   * @param pool whose partition and FIPS setting hold for a client made here
   */
  static HealthCheckClient of(
      @Nullable Route53Client brought,
      @Nullable AwsCredentialsProvider credentials,
      UserPool pool) {
    if (brought != null) {
      return new HealthCheckClient(brought, false);
    }
    Route53ClientBuilder builder = Route53Client.builder().region(everywhere(pool.partition()));
    if (pool.fips()) { // Without a word from the pool, the SDK's own setting counts.
      builder.fipsEnabled(true);
    }
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    return new HealthCheckClient(builder.build(), true);
  }

  /** Route 53 is one service for all Regions of a partition. */
  private static Region everywhere(AwsPartition partition) {
    return switch (partition) {
      case AWS -> Region.AWS_GLOBAL;
      case AWS_CN -> Region.AWS_CN_GLOBAL;
      case AWS_US_GOV -> Region.AWS_US_GOV_GLOBAL;
      case AWS_EUSC -> Region.of("eusc-de-east-1"); // its Route 53 answers to no other name
      case AWS_ISO -> Region.AWS_ISO_GLOBAL;
      case AWS_ISO_B -> Region.AWS_ISO_B_GLOBAL;
      case AWS_ISO_E -> Region.AWS_ISO_E_GLOBAL;
      case AWS_ISO_F -> Region.AWS_ISO_F_GLOBAL;
    };
  }

  Route53Client client() {
    return client;
  }

  /** Closes what was made here. */
  @Override
  public void close() {
    if (own) {
      client.close();
    }
  }
}
