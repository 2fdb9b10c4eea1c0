package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pool that is there when an emulator starts: with a key, domains and an app client. */
final class FirstPool {
  /** Without a key like this no pool can have a replica. */
  private static final String MULTI_REGION_KEY = "mrk-00000000000000000000000000000000";

  static final String CUSTOM_DOMAIN = "login.example.test";

  private final EmulatedCognito cognito;
  private final CognitoEmulator.Builder builder;

  FirstPool(EmulatedCognito cognito, CognitoEmulator.Builder builder) {
    this.cognito = cognito;
    this.builder = builder;
  }

  /** Makes it, with its domains. */
  Pool make(String poolId) {
    ObjectNode request = WireJson.object().put("PoolName", "twinpool");
    request
        .withObject("/Policies/SignInPolicy")
        .putArray("AllowedFirstAuthFactors")
        .add("PASSWORD")
        .add("EMAIL_OTP")
        .add("SMS_OTP")
        .add("WEB_AUTHN");
    if (builder.emailAlias) {
      request.putArray("AliasAttributes").add("email");
    }
    request.putObject("IssuerConfiguration").put("Type", builder.issuerType.name());
    if (!builder.singleRegion) {
      request
          .putObject("KeyConfiguration")
          .put("KeyType", "CUSTOMER_MANAGED_KEY")
          .put("KmsKeyArn", key());
    }
    Pool pool =
        cognito.createPool(poolId, PoolSettings.created(new JsonRequest(request), cognito.now()));
    if (builder.replicaStatus != null && !builder.singleRegion) {
      pool.replica().begin(builder.replicaStatus);
    }
    domains(pool);
    return pool;
  }

  /** The ARN of a new multi-Region key with its replica. */
  private String key() {
    String primary = cognito.region(RegionRole.PRIMARY);
    for (RegionRole role : RegionRole.values()) {
      cognito
          .keys()
          .add(
              role,
              new KmsKey(
                  MULTI_REGION_KEY,
                  cognito.region(role),
                  primary,
                  "Enabled",
                  KeyPolicy.forCognito(),
                  Map.of(),
                  WireJson.object()
                      .put("KeyUsage", "ENCRYPT_DECRYPT")
                      .put("KeySpec", "SYMMETRIC_DEFAULT")
                      .put("Origin", "AWS_KMS"),
                  cognito.now(),
                  cognito.now()));
    }
    return KmsKey.arn(primary, MULTI_REGION_KEY);
  }

  /** A prefix domain and a custom one, of which the custom one is failed over. */
  private void domains(Pool pool) {
    ObjectNode prefix = WireJson.object().put("Domain", prefix(pool)).put("ManagedLoginVersion", 2);
    ObjectNode custom =
        WireJson.object().put("Domain", CUSTOM_DOMAIN).put("ManagedLoginVersion", 2);
    custom
        .putObject("CustomDomainConfig")
        .put("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/twinpool");
    if (!builder.singleRegion) {
      ObjectNode routing = WireJson.object();
      routing
          .putObject("Failover")
          .put("SecondaryRegion", builder.secondaryRegion)
          .put("PrimaryRoute53HealthCheckId", cognito.healthChecks().first().id());
      custom.set(PoolDomain.ROUTING, routing);
      if (builder.domainFailover) {
        prefix.set(PoolDomain.ROUTING, routing);
      }
    }
    for (ObjectNode domain : List.of(prefix, custom)) {
      cognito
          .domains()
          .put(
              RegionRole.PRIMARY,
              PoolDomain.of(
                  pool, new JsonRequest(domain), builder.secondaryRegion, cognito.healthChecks()));
    }
  }

  /** What its prefix domain is called. */
  static String prefix(Pool pool) {
    return "twinpool-test-" + pool.name().toLowerCase(Locale.ROOT);
  }

  /** Makes its app client: without a secret, and with every flow. */
  AppClient client(String poolId) {
    ObjectNode request =
        WireJson.object()
            .put("ClientName", "twinpool")
            .put("PreventUserExistenceErrors", "ENABLED");
    request
        .putArray("ExplicitAuthFlows")
        .add("ALLOW_USER_SRP_AUTH")
        .add("ALLOW_USER_AUTH")
        .add("ALLOW_CUSTOM_AUTH")
        .add("ALLOW_USER_PASSWORD_AUTH")
        .add("ALLOW_ADMIN_USER_PASSWORD_AUTH")
        .add("ALLOW_REFRESH_TOKEN_AUTH");
    AppClient client =
        AppClient.of(
            new JsonRequest(request),
            cognito.names().clientId(),
            ClientSecrets.NONE,
            poolId,
            cognito.now());
    return cognito.add(client, true);
  }
}
