package io.github.twinpool.operations;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;

/** Configures a {@link ReplicationSetup}. Every method checks its own value. Not thread-safe. */
public final class ReplicationSetupBuilder {
  private static final int POLL_SECONDS = 5;
  private static final int PATIENCE_MINUTES = 60;
  private static final int SETTLE_SECONDS = 10;

  private final AwsClients clients;
  private @Nullable String kmsKey;
  private boolean manageKey;
  private @Nullable IssuerType issuer;
  private @Nullable String healthCheckId;
  private @Nullable HealthCheckConfig healthCheck;
  private String healthCheckReference;
  private @Nullable Consumer<UpdateUserPoolRequest.Builder> secondarySettings;
  private boolean activate = true;
  private Duration pollInterval = Duration.ofSeconds(POLL_SECONDS);
  private Duration patience = Duration.ofMinutes(PATIENCE_MINUTES);
  private Duration settle = Duration.ofSeconds(SETTLE_SECONDS);

  ReplicationSetupBuilder(AwsClients clients) {
    this.clients = Objects.requireNonNull(clients, "clients");
    healthCheckReference = "twinpool-" + clients.userPool().id();
  }

  /**
   * The multi-Region key to encrypt the pool with. Default: the one that it has, or with {@link
   * #manageKey(boolean)} one that is made.
   *
   * @param arn a key's ARN in the primary Region, no alias: Cognito takes no other
   */
  public ReplicationSetupBuilder kmsKey(String arn) {
    String region = clients.userPool().region(RegionRole.PRIMARY);
    if (!arn.matches("arn:[\\w-]+:kms:" + region + ":\\d{12}:key/[\\w-]+")) {
      throw new IllegalArgumentException(
          "kmsKey '" + arn + "': wants the ARN of a key in " + region + ", no alias");
    }
    kmsKey = arn;
    return this;
  }

  /**
   * Lets a key be made if the pool has none that will do, be replicated, and let Cognito use it.
   * Default: false; a key that will not do blocks the plan, which says what it lacks.
   */
  public ReplicationSetupBuilder manageKey(boolean manage) {
    manageKey = manage;
    return this;
  }

  /**
   * The issuer of new tokens. Default: the one that is there. {@link IssuerType#UPDATED} is what
   * AWS recommends. It does not work with API Gateway's authorizers of type COGNITO_USER_POOLS and
   * with load balancers' Cognito action. A JWT authorizer of a REST API takes both issuers, one of
   * an HTTP API takes one. (Source: Cognito developer guide; API Gateway developer guide. That JWT
   * authorizers accept the updated issuer is assumed.)
   */
  public ReplicationSetupBuilder issuer(IssuerType type) {
    issuer = Objects.requireNonNull(type, "issuer");
    return this;
  }

  /** The Route 53 health check that the pool's domains are to follow. Default: none. */
  public ReplicationSetupBuilder healthCheck(String id) {
    HealthCheckTask.requireId("healthCheck", id);
    healthCheckId = id;
    return this;
  }

  /**
   * A Route 53 health check to make, if an earlier run has not made it, for the pool's domains to
   * follow. Default: none. Its interval of 10 or 30 s cannot be changed later.
   */
  public ReplicationSetupBuilder healthCheck(HealthCheckConfig toMake) {
    healthCheck = Objects.requireNonNull(toMake, "healthCheck");
    return this;
  }

  /**
   * By what a later run finds the health check that was made. Default: {@code twinpool-} and the
   * pool's ID. Another is needed once a check has been deleted: Route 53 takes none twice.
   */
  public ReplicationSetupBuilder healthCheckReference(String reference) {
    if (!reference.matches("[\\x21-\\x7e]{1,64}")) {
      throw new IllegalArgumentException(
          "healthCheckReference '" + reference + "': wants 1 to 64 visible ASCII characters");
    }
    healthCheckReference = reference;
    return this;
  }

  /**
   * What the replica has of its own: e-mail, SMS, triggers, tags. It is given an update that
   * changes nothing, and changes it. Default: nothing is changed, and what differs is told.
   */
  public ReplicationSetupBuilder secondarySettings(
      Consumer<UpdateUserPoolRequest.Builder> settings) {
    secondarySettings = Objects.requireNonNull(settings, "secondarySettings");
    return this;
  }

  /** Whether the replica is to sign people in. Default: true. */
  public ReplicationSetupBuilder activate(boolean active) {
    activate = active;
    return this;
  }

  /**
   * How often AWS is asked whether something is done. Default: {@value #POLL_SECONDS} s.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than a minute
   */
  public ReplicationSetupBuilder pollInterval(Duration interval) {
    pollInterval = Bounds.time("pollInterval", interval, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long one step may take. Default: {@value #PATIENCE_MINUTES} min. How long a replica takes
   * is unpublished, and grows with its users.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than a day
   */
  public ReplicationSetupBuilder patience(Duration limit) {
    patience = Bounds.time("patience", limit, Duration.ofDays(1));
    return this;
  }

  /**
   * How long to wait before a key is made, for one that a killed run has just made to be listed.
   * Default: {@value #SETTLE_SECONDS} s; KMS says "a few seconds" in most cases.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than ten minutes
   */
  public ReplicationSetupBuilder settle(Duration time) {
    settle = Bounds.time("settle", time, Duration.ofMinutes(10));
    return this;
  }

  /**
   * Does no I/O.
   *
   * @throws IllegalArgumentException if a health check is named and another is to be made
   */
  public ReplicationSetup build() {
    if (healthCheckId != null && healthCheck != null) {
      throw new IllegalArgumentException(
          "healthCheck '" + healthCheckId + "': another is to be made, name one or the other");
    }
    return new ReplicationSetup(
        clients,
        new SetupSettings(
            kmsKey,
            manageKey,
            issuer,
            healthCheckId,
            healthCheck,
            healthCheckReference,
            secondarySettings,
            activate),
        clients.patience(pollInterval, patience, settle));
  }
}
