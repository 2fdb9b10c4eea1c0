package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AccountTakeoverRiskConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EmailConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EmailSendingAccountType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LogConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LogDeliveryConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RiskConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * What the primary has and the replica lacks, of what does not replicate. (Source: Cognito
 * developer guide, "Multi-Region replication for user pools".) WAF web ACLs are the doctor's.
 */
final class RegionalDifferences {
  /** One of them. */
  enum Setting {
    EMAIL,
    SMS,
    TRIGGERS,
    TAGS,
    LOG_EXPORT,
    THREAT_PROTECTION_EMAIL
  }

  /**
   * What the replica lacks.
   *
   * @param evidence one sentence without a full stop
   */
  record Difference(Setting setting, String evidence) {}

  private final List<Difference> found = new ArrayList<>();

  private RegionalDifferences() {}

  /** Reads both Regions. */
  static List<Difference> between(SetupContext context) {
    RegionalDifferences differences = new RegionalDifferences();
    differences.pools(
        context.described(RegionRole.PRIMARY), context.described(RegionRole.SECONDARY));
    differences.lacks(
        Setting.LOG_EXPORT,
        "log export of ",
        sources(log(context, RegionRole.PRIMARY)),
        sources(log(context, RegionRole.SECONDARY)));
    if (notifies(risk(context, RegionRole.PRIMARY))
        && !notifies(risk(context, RegionRole.SECONDARY))) {
      differences.add(
          Setting.THREAT_PROTECTION_EMAIL, "the replica lacks the e-mail of threat protection");
    }
    return List.copyOf(differences.found);
  }

  private void pools(UserPoolType primary, UserPoolType secondary) {
    if (hasSender(primary) && !hasSender(secondary)) {
      add(Setting.EMAIL, "the replica lacks an EmailConfiguration");
    }
    if (primary.smsConfiguration() != null && secondary.smsConfiguration() == null) {
      add(Setting.SMS, "the replica lacks an SmsConfiguration");
    }
    lacks(
        Setting.TRIGGERS,
        "the Lambda triggers ",
        members(primary.lambdaConfig()),
        members(secondary.lambdaConfig()));
    lacks(
        Setting.TAGS,
        "the tags ",
        Unchanged.ownTags(primary.userPoolTags()).keySet(),
        secondary.userPoolTags().keySet());
  }

  /** Every pool shows an EmailConfiguration: without a sender of its own, COGNITO_DEFAULT. */
  private static boolean hasSender(UserPoolType pool) {
    EmailConfigurationType email = pool.emailConfiguration();
    return email != null && email.emailSendingAccount() == EmailSendingAccountType.DEVELOPER;
  }

  private void lacks(Setting setting, String what, Set<String> primary, Set<String> secondary) {
    Set<String> missing = new TreeSet<>(primary);
    missing.removeAll(secondary);
    if (!missing.isEmpty()) {
      add(setting, "the replica lacks " + what + String.join(", ", missing));
    }
  }

  private void add(Setting setting, String evidence) {
    found.add(new Difference(setting, evidence));
  }

  private static Set<String> members(@Nullable SdkPojo structure) {
    Set<String> members = new TreeSet<>();
    if (structure != null) {
      for (SdkField<?> field : structure.sdkFields()) {
        Object value = field.getValueOrDefault(structure);
        if (value != null && !(value instanceof SdkAutoConstructList<?>)) {
          members.add(field.memberName());
        }
      }
    }
    return members;
  }

  private static @Nullable LogDeliveryConfigurationType log(SetupContext context, RegionRole role) {
    return context
        .calls()
        .cognito(
            role,
            "GetLogDeliveryConfiguration",
            it -> it.getLogDeliveryConfiguration(r -> r.userPoolId(context.pool().id())))
        .logDeliveryConfiguration();
  }

  private static Set<String> sources(@Nullable LogDeliveryConfigurationType log) {
    Set<String> sources = new TreeSet<>();
    if (log != null) {
      log.logConfigurations().stream()
          .map(LogConfigurationType::eventSourceAsString)
          .forEach(sources::add);
    }
    return sources;
  }

  private static @Nullable RiskConfigurationType risk(SetupContext context, RegionRole role) {
    return context
        .calls()
        .cognito(
            role,
            "DescribeRiskConfiguration",
            it -> it.describeRiskConfiguration(r -> r.userPoolId(context.pool().id())))
        .riskConfiguration();
  }

  private static boolean notifies(@Nullable RiskConfigurationType risk) {
    AccountTakeoverRiskConfigurationType takeover =
        risk == null ? null : risk.accountTakeoverRiskConfiguration();
    return takeover != null && takeover.notifyConfiguration() != null;
  }
}
