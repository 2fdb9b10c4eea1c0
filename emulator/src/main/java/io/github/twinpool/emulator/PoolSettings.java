package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.IssuerType;
import java.time.Instant;
import java.util.List;

/**
 * What a pool was told to be. Immutable: UpdateUserPool makes a new one, and resets what its
 * request leaves out, as the service does.
 *
 * @param shown the other settings, which the emulator does not act upon but describes again
 */
record PoolSettings(
    String name,
    IssuerType issuerType,
    PasswordPolicy passwordPolicy,
    boolean caseSensitive,
    Instant created,
    Instant modified,
    ObjectNode shown) {

  private static final List<String> SHOWN =
      List.of(
          "DeletionProtection",
          "AutoVerifiedAttributes",
          "AliasAttributes",
          "UsernameAttributes",
          "MfaConfiguration",
          "UsernameConfiguration",
          "UserPoolTier",
          "KeyConfiguration");

  static PoolSettings created(JsonRequest request, Instant now) {
    return of(request, request.required("PoolName"), true, now, now);
  }

  /** The settings that an UpdateUserPool asks for. */
  PoolSettings updated(JsonRequest request, Instant now) {
    PoolSettings updated =
        of(request, request.text("PoolName").orElse(name), caseSensitive, created, now);
    if (shown.has("UsernameConfiguration")) {
      updated.shown.set("UsernameConfiguration", shown.path("UsernameConfiguration").deepCopy());
    }
    return updated;
  }

  private static PoolSettings of(
      JsonRequest request, String name, boolean caseSensitive, Instant created, Instant now) {
    ObjectNode shown = request.copy(SHOWN);
    if (!shown.has("MfaConfiguration")) {
      shown.put("MfaConfiguration", "OFF");
    }
    if (!shown.has("UserPoolTier")) {
      shown.put("UserPoolTier", "ESSENTIALS");
    }
    return new PoolSettings(
        name,
        request
            .text("IssuerConfiguration.Type")
            .map(IssuerType::valueOf)
            .orElse(IssuerType.ORIGINAL),
        PasswordPolicy.of(request),
        request.flag("UsernameConfiguration.CaseSensitive", caseSensitive),
        created,
        now,
        shown);
  }

  /**
   * Refuses what cannot have a replica: that takes the Essentials or Plus tier and a multi-Region
   * customer managed key, by its ARN. (Source: Cognito developer guide; the wording is ours.)
   *
   * @throws WireError a FeatureUnavailableInTierException, an InvalidParameterException
   */
  void checkReplicable() {
    if (shown.path("UserPoolTier").asText().equals("LITE")) {
      throw WireError.of(
          "FeatureUnavailableInTierException", "Replicas want the ESSENTIALS or the PLUS tier.");
    }
    boolean multiRegionKey =
        shown.at("/KeyConfiguration/KeyType").asText().equals("CUSTOMER_MANAGED_KEY")
            && shown.at("/KeyConfiguration/KmsKeyArn").asText().contains(":key/mrk-");
    if (!multiRegionKey) {
      throw WireError.invalidParameter(
          "Replicas want a KeyConfiguration with a multi-Region customer managed key.");
    }
  }

  ObjectNode describe() {
    ObjectNode description = shown.deepCopy();
    description.put("Name", name);
    description.put("CreationDate", WireJson.seconds(created));
    description.put("LastModifiedDate", WireJson.seconds(modified));
    description.putObject("IssuerConfiguration").put("Type", issuerType.name());
    description.putObject("Policies").set("PasswordPolicy", passwordPolicy.describe());
    return description;
  }
}
