package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the pool that is there when an emulator starts has: a key, domains and an app client. */
final class FirstPool {
  /** Without a key like this no pool can have a replica. */
  private static final String MULTI_REGION_KEY = "mrk-00000000000000000000000000000000";

  private static final String CUSTOM_DOMAIN = "login.example.test";

  private FirstPool() {}

  /**
   * The request that makes a pool of the start, before anything is set otherwise.
   *
   * @param first whether it is the first of them
   */
  static ObjectNode settings(StartOptions options, boolean first) {
    ObjectNode request = WireJson.object().put("PoolName", "twinpool");
    request
        .withObject("/Policies/SignInPolicy")
        .putArray("AllowedFirstAuthFactors")
        .add("PASSWORD")
        .add("EMAIL_OTP")
        .add("SMS_OTP")
        .add("WEB_AUTHN");
    request.putArray("AutoVerifiedAttributes").add("email");
    if (first && options.emailAlias) {
      request.putArray("AliasAttributes").add("email");
    }
    request.putObject("IssuerConfiguration").put("Type", options.issuerType.name());
    if (!options.singleRegion) {
      request
          .putObject("KeyConfiguration")
          .put("KeyType", "CUSTOMER_MANAGED_KEY")
          .put("KmsKeyArn", KmsKey.arn(options.primary(), MULTI_REGION_KEY));
    }
    return request;
  }

  /** Makes the multi-Region key, with its replica. */
  static void key(EmulatedCognito cognito) {
    for (RegionRole role : RegionRole.values()) {
      cognito
          .keys()
          .add(
              role,
              new KmsKey(
                  MULTI_REGION_KEY,
                  cognito.region(role),
                  cognito.region(RegionRole.PRIMARY),
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
  }

  /** Makes a prefix domain and a custom one, of which the custom one is failed over. */
  static void domains(EmulatedCognito cognito, Pool pool, StartOptions options) {
    ObjectNode prefix = WireJson.object().put("Domain", prefix(pool)).put("ManagedLoginVersion", 2);
    ObjectNode custom =
        WireJson.object().put("Domain", CUSTOM_DOMAIN).put("ManagedLoginVersion", 2);
    custom
        .putObject("CustomDomainConfig")
        .put("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/twinpool");
    if (!options.singleRegion) {
      ObjectNode routing = WireJson.object();
      routing
          .putObject("Failover")
          .put("SecondaryRegion", options.secondaryRegion)
          .put("PrimaryRoute53HealthCheckId", cognito.healthChecks().first().id());
      custom.set(PoolDomain.ROUTING, routing);
      if (options.domainFailover) {
        prefix.set(PoolDomain.ROUTING, routing);
      }
    }
    for (ObjectNode domain : List.of(prefix, custom)) {
      cognito
          .domains()
          .put(
              RegionRole.PRIMARY,
              PoolDomain.of(
                  pool, new JsonRequest(domain), options.secondaryRegion, cognito.healthChecks()));
    }
  }

  /** What its prefix domain is called. */
  static String prefix(Pool pool) {
    return "twinpool-test-" + pool.name().toLowerCase(Locale.ROOT);
  }

  /** The request that makes an app client of the start, before anything is set otherwise. */
  static ObjectNode client() {
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
    return request;
  }
}
