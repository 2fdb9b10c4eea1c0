package io.github.twinpool.operations;

import static io.github.twinpool.operations.DoctorCheck.critical;
import static io.github.twinpool.operations.DoctorCheck.info;
import static io.github.twinpool.operations.DoctorCheck.warning;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.Finding.Check;
import io.github.twinpool.operations.RegionalDifferences.Difference;
import io.github.twinpool.operations.SetupStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserPoolMfaConfigResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.IssuerConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** What the doctor looks at in the pool and its replica. */
final class PoolChecks {
  private PoolChecks() {}

  static List<Finding> replica(SetupContext context) {
    String region = context.region(RegionRole.SECONDARY);
    Optional<String> status = context.replicaStatus();
    if (status.isEmpty()) {
      return List.of(
          critical(
              Check.REPLICA,
              "there is no replica in " + region,
              "set replication up (setup plan)"));
    }
    return status.get().equals(ReplicaTask.ACTIVE)
        ? List.of()
        : List.of(
            critical(
                Check.REPLICA,
                "the replica in " + region + " is " + status.get() + " and signs nobody in",
                "activate it (setup apply)"));
  }

  static List<Finding> key(SetupContext context) {
    List<Finding> findings =
        new ArrayList<>(
            Stream.of(new KeyTask(), new KeyReplicaTask(), new KeyPolicyTask())
                .map(task -> task.look(context))
                .filter(step -> step.state() != State.DONE)
                .limit(1) // the others follow from the first
                .map(
                    step ->
                        critical(
                            Check.KEY,
                            step.change(),
                            "mend the key in both Regions: a pool whose key is not usable does not"
                                + " work"))
                .toList());
    KeyPolicyTask.policies(context)
        .forEach(
            (role, policy) -> {
              KeyPolicyJudgement judged = KeyPolicyJudgement.of(policy, context.poolArns());
              String region = context.region(role);
              KeyPolicyTask.doubt(region, judged)
                  .ifPresent(
                      it ->
                          findings.add(
                              warning(
                                  Check.KEY,
                                  it,
                                  "read these statements: Cognito's services need the key for this"
                                      + " pool")));
              KeyPolicyTask.openness(region, judged)
                  .ifPresent(
                      it ->
                          findings.add(
                              info(
                                  Check.KEY,
                                  it,
                                  "add conditions on aws:SourceArn and aws:SourceAccount")));
            });
    return findings;
  }

  /** E-mail, SMS, triggers and the like. */
  static List<Finding> regional(SetupContext context) {
    if (context.replicaStatus().filter(ReplicaTask::made).isEmpty()) {
      return List.of(); // said by the check of the replica
    }
    return RegionalDifferences.between(context).stream().map(PoolChecks::finding).toList();
  }

  private static Finding finding(Difference difference) {
    String evidence = difference.evidence();
    String remedy = "set it on the replica with UpdateUserPool in its Region";
    return switch (difference.setting()) {
      case TRIGGERS -> critical(Check.TRIGGERS, evidence, remedy);
      case EMAIL -> warning(Check.EMAIL, evidence, remedy);
      case SMS -> warning(Check.SMS, evidence, remedy);
      case TAGS -> info(Check.TAGS, evidence, "tag the replica");
      case LOG_EXPORT ->
          info(Check.LOG_EXPORT, evidence, "set it with SetLogDeliveryConfiguration in its Region");
      case THREAT_PROTECTION_EMAIL ->
          info(
              Check.THREAT_PROTECTION_EMAIL,
              evidence,
              "set it with SetRiskConfiguration in its Region");
    };
  }

  static List<Finding> clientSecrets(SetupContext context) {
    if (context.replicaStatus().filter(ReplicaTask::made).isEmpty()) {
      return List.of();
    }
    List<String> clients =
        context
            .calls()
            .cognito(
                RegionRole.PRIMARY,
                "ListUserPoolClients",
                it ->
                    it
                        .listUserPoolClientsPaginator(r -> r.userPoolId(context.pool().id()))
                        .userPoolClients()
                        .stream()
                        .map(UserPoolClientDescription::clientId)
                        .toList());
    List<Finding> findings = new ArrayList<>();
    for (String client : clients) {
      Set<String> missing = new TreeSet<>(secrets(context, RegionRole.PRIMARY, client));
      Set<String> there;
      try {
        there = secrets(context, RegionRole.SECONDARY, client);
      } catch (OperationRefusedException e) {
        if (!(e.getCause() instanceof ResourceNotFoundException)) {
          throw e;
        }
        findings.add(
            warning(
                Check.CLIENT_SECRETS,
                "the app client " + client + " has not reached the replica",
                "wait; if it stays so, ask AWS: app clients replicate by themselves"));
        continue;
      }
      missing.removeAll(there);
      if (!missing.isEmpty()) {
        findings.add(
            warning(
                Check.CLIENT_SECRETS,
                missing.size() + " secret(s) of the app client " + client + " have not arrived",
                "wait before you use a new secret: keep the old one until both Regions have it"));
      }
    }
    return findings;
  }

  private static Set<String> secrets(SetupContext context, RegionRole role, String client) {
    return context
        .calls()
        .cognito(
            role,
            "ListUserPoolClientSecrets",
            it ->
                it.listUserPoolClientSecrets(
                    r -> r.userPoolId(context.pool().id()).clientId(client)))
        .clientSecrets()
        .stream()
        .map(ClientSecretDescriptorType::clientSecretId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** (Source: Cognito developer guide: TOTP MFA is not supported in secondary replicas.) */
  static List<Finding> totp(SetupContext context) {
    GetUserPoolMfaConfigResponse mfa =
        context
            .calls()
            .cognito(
                RegionRole.PRIMARY,
                "GetUserPoolMfaConfig",
                it -> it.getUserPoolMfaConfig(r -> r.userPoolId(context.pool().id())));
    boolean totp =
        mfa.softwareTokenMfaConfiguration() != null
            && Boolean.TRUE.equals(mfa.softwareTokenMfaConfiguration().enabled());
    if (!totp || mfa.mfaConfiguration() == UserPoolMfaType.OFF) {
      return List.of();
    }
    boolean others =
        mfa.emailMfaConfiguration() != null
            || (mfa.smsMfaConfiguration() != null
                && mfa.smsMfaConfiguration().smsConfiguration() != null);
    String remedy = "offer e-mail or SMS as a second factor, too: the secondary checks those";
    return List.of(
        mfa.mfaConfiguration() == UserPoolMfaType.ON && !others
            ? critical(
                Check.TOTP,
                "everybody needs TOTP, and nobody could sign in at the secondary",
                remedy)
            : warning(Check.TOTP, "people with TOTP could not sign in at the secondary", remedy));
  }

  static List<Finding> issuer(SetupContext context) {
    IssuerConfigurationType issuer = context.described(RegionRole.PRIMARY).issuerConfiguration();
    boolean updated = issuer != null && "UPDATED".equals(issuer.typeAsString());
    return updated
        ? List.of()
        : List.of(
            warning(
                Check.ISSUER,
                "the issuer is ORIGINAL, whose keys are published by the primary Region alone",
                "replace COGNITO_USER_POOLS authorizers and the Cognito action of load balancers, which"
                    + " cannot take UPDATED, by JWT authorizers with both issuers (of a REST API; an"
                    + " HTTP API's takes one), move to UPDATED, and drop ORIGINAL after the longest"
                    + " token lifetime; validators that keep their keys survive without"));
  }
}
