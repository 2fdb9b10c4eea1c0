package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.IssuerType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    PoolMfa mfa,
    UserSchema schema,
    Instant created,
    Instant modified,
    ObjectNode shown) {

  private static final String[] SHOWN = {
    "DeletionProtection",
    "AutoVerifiedAttributes",
    "AliasAttributes",
    "UsernameAttributes",
    "DeviceConfiguration",
    "SmsVerificationMessage",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "VerificationMessageTemplate",
    "SmsAuthenticationMessage",
    "UserAttributeUpdateSettings",
    "AdminCreateUserConfig",
    "UserPoolAddOns",
    "AccountRecoverySetting",
    "UsernameConfiguration",
    "UserPoolTier",
    "KeyConfiguration"
  };

  private static final String CODE = "CONFIRM_WITH_CODE";
  private static final String BEFORE_UPDATE =
      "/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate";

  private static final String ACCOUNT_VALIDITY = "AdminCreateUserConfig.UnusedAccountValidityDays";

  /** What an UpdateUserPool cannot change. */
  private static final List<String> FOR_EVER =
      List.of("UsernameConfiguration", "AliasAttributes", "UsernameAttributes");

  /**
   * How a pool tracks devices.
   *
   * @param insteadOfMfa whether a remembered device stands in for a second factor
   * @param onlyWhenAsked whether a device is remembered only when its user says so
   */
  record Tracking(boolean insteadOfMfa, boolean onlyWhenAsked) {}

  static PoolSettings created(JsonRequest request, Instant now) {
    UserSchema schema = UserSchema.of(request);
    PoolSettings created = of(request, request.required("PoolName"), true, schema, now, now);
    created.mfa.checked();
    return created;
  }

  /**
   * The settings that an UpdateUserPool asks for.
   *
   * @throws WireError an InvalidParameterException
   */
  PoolSettings updated(JsonRequest request, Instant now) {
    refuseTwoValidities(request);
    PoolSettings updated =
        of(request, request.text("PoolName").orElse(name), caseSensitive, schema, created, now);
    for (String member : FOR_EVER) {
      if (shown.has(member)) {
        updated.shown.set(member, shown.path(member).deepCopy());
      }
    }
    return updated.withMfa(updated.mfa.withOthersOf(mfa).checked(), now);
  }

  /**
   * DescribeUserPool shows both, and an UpdateUserPool that repeats both is refused. (Seen:
   * pulumi-aws-native issue 1256, aws-sdk-js issue 3817.)
   */
  private static void refuseTwoValidities(JsonRequest request) {
    if (request.number(ACCOUNT_VALIDITY).orElse(0) > 0
        && request.has("Policies.PasswordPolicy.TemporaryPasswordValidityDays")) {
      throw WireError.invalidParameter(
          "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of"
              + " UnusedAccountValidityDays");
    }
  }

  private static PoolSettings of(
      JsonRequest request,
      String name,
      boolean caseSensitive,
      UserSchema schema,
      Instant created,
      Instant now) {
    ObjectNode shown = request.copy(SHOWN);
    if (!shown.has("UserPoolTier")) {
      shown.put("UserPoolTier", "ESSENTIALS");
    }
    if (request.has("Policies.SignInPolicy")) {
      ArrayNode factors =
          shown.putObject("Policies").putObject("SignInPolicy").putArray("AllowedFirstAuthFactors");
      request.texts("Policies.SignInPolicy.AllowedFirstAuthFactors").forEach(factors::add);
    }
    AccountRecovery.of(shown.path("AccountRecoverySetting"));
    if (!texts(shown.path("AutoVerifiedAttributes")).containsAll(texts(shown.at(BEFORE_UPDATE)))) {
      // Seen: ekristen/aws-nuke issue 477.
      throw WireError.invalidParameter(
          "All attributes in AttributesRequireVerificationBeforeUpdate must exist in"
              + " AutoVerifiedAttributes");
    }
    if (shown.path("AliasAttributes").size() > 0 && shown.path("UsernameAttributes").size() > 0) {
      throw WireError.invalidParameter(
          "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    }
    return new PoolSettings(
        name,
        request
            .text("IssuerConfiguration.Type")
            .map(IssuerType::valueOf)
            .orElse(IssuerType.ORIGINAL),
        PasswordPolicy.of(request),
        request.flag("UsernameConfiguration.CaseSensitive", caseSensitive),
        PoolMfa.of(request),
        schema,
        created,
        now,
        shown);
  }

  PoolSettings withMfa(PoolMfa changed, Instant now) {
    return new PoolSettings(
        name, issuerType, passwordPolicy, caseSensitive, changed, schema, created, now, shown);
  }

  PoolSettings withSchema(UserSchema changed, Instant now) {
    return new PoolSettings(
        name, issuerType, passwordPolicy, caseSensitive, mfa, changed, created, now, shown);
  }

  /** How the pool tracks devices, if it does. */
  Optional<Tracking> devices() {
    return Optional.of(shown.path("DeviceConfiguration"))
        .filter(JsonNode::isObject)
        .map(
            given ->
                new Tracking(
                    given.path("ChallengeRequiredOnNewDevice").asBoolean(),
                    given.path("DeviceOnlyRememberedOnUserPrompt").asBoolean()));
  }

  /** What USER_AUTH may begin with: a password, if the pool says nothing. */
  List<String> firstFactors() {
    List<String> given = texts(shown.at("/Policies/SignInPolicy/AllowedFirstAuthFactors"));
    return given.isEmpty() ? List.of("PASSWORD") : given;
  }

  /**
   * The attributes with an address at which a code can be the first factor; none if a second factor
   * must follow.
   */
  List<String> addressesOfFirstFactors() {
    if (mfa.mode().equals("ON")) {
      return List.of();
    }
    return firstFactors().stream()
        .flatMap(
            factor ->
                switch (factor) {
                  case CodeChallenges.EMAIL -> Stream.of("email");
                  case CodeChallenges.SMS -> Stream.of("phone_number");
                  default -> Stream.empty();
                })
        .toList();
  }

  /** Whether a user with these attributes can sign in with codes alone. */
  boolean signsInWithoutPassword(Map<String, String> attributes) {
    return addressesOfFirstFactors().stream()
        .anyMatch(name -> !attributes.getOrDefault(name, "").isEmpty());
  }

  /** The attributes that stand in for a user name when a user is made; the name is then the sub. */
  List<String> usernameAttributes() {
    return texts(shown.path("UsernameAttributes"));
  }

  /** The attributes by which users may sign in, once they are verified. */
  List<String> aliasAttributes() {
    return texts(shown.path("AliasAttributes"));
  }

  /** The attributes by which a user can be found besides the user name. */
  List<String> loginAttributes() {
    List<String> usernames = usernameAttributes();
    return usernames.isEmpty() ? aliasAttributes() : usernames;
  }

  /** The attributes that a code is sent to when they are new. */
  List<String> autoVerified() {
    return texts(shown.path("AutoVerifiedAttributes"));
  }

  /** The attributes whose new values wait until their user has verified them. */
  List<String> verifiedBeforeUpdate() {
    return texts(shown.at(BEFORE_UPDATE));
  }

  /** Whether a DeleteUserPool is refused. */
  boolean deletionProtected() {
    return shown.path("DeletionProtection").asText().equals("ACTIVE");
  }

  AccountRecovery recovery() {
    return AccountRecovery.of(shown.path("AccountRecoverySetting"));
  }

  /** Whether the codes of a user of whom nothing is known would go to a phone. */
  boolean prefersPhone() {
    List<String> verified = autoVerified();
    return verified.isEmpty() ? recovery().prefersPhone() : verified.contains("phone_number");
  }

  /** Whether only administrators make users. */
  boolean adminCreateUserOnly() {
    return shown.at("/AdminCreateUserConfig/AllowAdminCreateUserOnly").asBoolean();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
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
    boolean multiRegionKey = keyArn().filter(arn -> arn.contains(":key/mrk-")).isPresent();
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
    description.put(
        "DeletionProtection", description.path("DeletionProtection").asText("INACTIVE"));
    if (!description.at("/Policies/SignInPolicy").isObject()) {
      firstFactors()
          .forEach(
              description.withObject("/Policies/SignInPolicy").putArray("AllowedFirstAuthFactors")
                  ::add);
    }
    ObjectNode template = description.withObject("/VerificationMessageTemplate");
    template.put("DefaultEmailOption", template.path("DefaultEmailOption").asText(CODE));
    description.putObject("IssuerConfiguration").put("Type", issuerType.name());
    description.put("MfaConfiguration", mfa.mode());
    schema.describe(description.putArray("SchemaAttributes"));
    description.withObject("/Policies").set("PasswordPolicy", passwordPolicy.describe());
    ObjectNode creation = description.withObject("/AdminCreateUserConfig");
    creation.put("AllowAdminCreateUserOnly", creation.path("AllowAdminCreateUserOnly").asBoolean());
    creation.put("UnusedAccountValidityDays", passwordPolicy.temporaryDays());
    return description;
  }

  /** The customer managed key, if there is one. */
  Optional<String> keyArn() {
    return Optional.of(shown.path("KeyConfiguration"))
        .filter(key -> key.path("KeyType").asText().equals("CUSTOMER_MANAGED_KEY"))
        .map(key -> key.path("KmsKeyArn").asText());
  }
}
