package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserPoolMfaConfigResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RecoveryOptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A pool on which everything is set keeps everything that set-up does not mean to change. */
class KeptFieldsTest {
  private static UpdateUserPoolRequest everything(String id) {
    String lambda = "arn:aws:lambda:us-east-1:123456789012:function:";
    return UpdateUserPoolRequest.builder()
        .userPoolId(id)
        .poolName("Everything")
        .policies(
            it ->
                it.passwordPolicy(
                        p ->
                            p.minimumLength(14)
                                .requireUppercase(true)
                                .requireLowercase(false)
                                .requireNumbers(true)
                                .requireSymbols(false)
                                .passwordHistorySize(3)
                                .temporaryPasswordValidityDays(5))
                    .signInPolicy(
                        s -> s.allowedFirstAuthFactorsWithStrings("PASSWORD", "WEB_AUTHN")))
        .deletionProtection("ACTIVE")
        .lambdaConfig(it -> it.preSignUp(lambda + "a").postAuthentication(lambda + "b"))
        .autoVerifiedAttributesWithStrings("email", "phone_number")
        .smsVerificationMessage("Code {####}")
        .emailVerificationMessage("Your code {####}")
        .emailVerificationSubject("Your code")
        .verificationMessageTemplate(
            it -> it.defaultEmailOption("CONFIRM_WITH_CODE").smsMessage("Code {####}"))
        .smsAuthenticationMessage("Sign in {####}")
        .userAttributeUpdateSettings(
            it -> it.attributesRequireVerificationBeforeUpdateWithStrings("email"))
        .mfaConfiguration("OPTIONAL")
        .deviceConfiguration(
            it -> it.challengeRequiredOnNewDevice(true).deviceOnlyRememberedOnUserPrompt(true))
        .emailConfiguration(it -> it.emailSendingAccount("DEVELOPER").from("a@example.com"))
        .smsConfiguration(it -> it.snsCallerArn("arn:aws:iam::123456789012:role/sms"))
        .userPoolTags(Map.of("team", "red"))
        .adminCreateUserConfig(
            it ->
                it.allowAdminCreateUserOnly(true)
                    .inviteMessageTemplate(m -> m.emailSubject("Welcome")))
        .userPoolAddOns(it -> it.advancedSecurityMode("AUDIT"))
        .accountRecoverySetting(
            it ->
                it.recoveryMechanisms(
                    RecoveryOptionType.builder().priority(1).name("verified_email").build()))
        .userPoolTier("PLUS")
        .keyConfiguration(it -> it.keyType("AWS_OWNED_KEY"))
        .issuerConfiguration(it -> it.type("ORIGINAL"))
        .build();
  }

  private static void sameBut(SdkPojo before, SdkPojo after, String... changed) {
    for (SdkField<?> field : before.sdkFields()) {
      if (!List.of(changed).contains(field.memberName())) {
        assertThat(Objects.toString(field.getValueOrDefault(after)))
            .as(field.memberName())
            .isEqualTo(Objects.toString(field.getValueOrDefault(before)));
      }
    }
  }

  @Test
  void set_up_changes_key_and_issuer_and_nothing_else() {
    try (SetupFixture fixture = new SetupFixture()) {
      UpdateUserPoolRequest everything = everything(fixture.id());
      for (SdkField<?> field : everything.sdkFields()) {
        assertThat(field.getValueOrDefault(everything)).as(field.memberName()).isNotNull();
      }
      fixture.primary.updateUserPool(everything);
      fixture.primary.setUserPoolMfaConfig(
          it ->
              it.userPoolId(fixture.id())
                  .mfaConfiguration("OPTIONAL")
                  .smsMfaConfiguration(
                      s -> s.smsConfiguration(c -> c.snsCallerArn("arn:aws:iam::1:role/sms")))
                  .softwareTokenMfaConfiguration(s -> s.enabled(true)));
      UserPoolType before = fixture.described(fixture.primary);
      DomainDescriptionType domain = domain(fixture, before);
      GetUserPoolMfaConfigResponse mfa = mfa(fixture);

      assertThat(fixture.everything(fixture.clients).apply().complete()).isTrue();

      UserPoolType after = fixture.described(fixture.primary);
      sameBut(before, after, "KeyConfiguration", "IssuerConfiguration", "LastModifiedDate");
      assertThat(after.keyConfiguration()).isNotEqualTo(before.keyConfiguration());
      sameBut(domain, domain(fixture, after), "Routing");
      assertThat(mfa(fixture).softwareTokenMfaConfiguration())
          .isEqualTo(mfa.softwareTokenMfaConfiguration());
      assertThat(mfa(fixture).mfaConfiguration()).isEqualTo(mfa.mfaConfiguration());
    }
  }

  private static DomainDescriptionType domain(SetupFixture fixture, UserPoolType pool) {
    return fixture
        .primary
        .describeUserPoolDomain(it -> it.domain(pool.customDomain()))
        .domainDescription();
  }

  private static GetUserPoolMfaConfigResponse mfa(SetupFixture fixture) {
    return fixture.primary.getUserPoolMfaConfig(it -> it.userPoolId(fixture.id()));
  }
}
