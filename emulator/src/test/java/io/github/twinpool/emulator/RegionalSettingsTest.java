package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LogConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** The facts page, "The shape": set per Region, not replicated. */
class RegionalSettingsTest {
  private final EmulatorClients clients = new EmulatorClients(TestEmulators.start());
  private final String pool = clients.emulator.userPool().id();

  @AfterEach
  void stop() {
    clients.close();
  }

  private UserPoolType described(CognitoIdentityProviderClient client) {
    return client.describeUserPool(it -> it.userPoolId(pool)).userPool();
  }

  @Test
  void senders_triggers_and_tags_are_each_regions_own_and_the_rest_is_the_primarys() {
    clients.primary.updateUserPool(
        it ->
            it.userPoolId(pool)
                .emailVerificationSubject("Hello")
                .emailConfiguration(email -> email.emailSendingAccount("DEVELOPER"))
                .lambdaConfig(lambda -> lambda.preSignUp("arn:aws:lambda:us-east-1:1:function:a")));
    clients.secondary.updateUserPool(
        it ->
            it.userPoolId(pool)
                .emailVerificationSubject("Not replicated")
                .userPoolTags(Map.of("a", "b"))
                .lambdaConfig(lambda -> lambda.preSignUp("arn:aws:lambda:us-west-2:1:function:a")));

    UserPoolType primary = described(clients.primary);
    UserPoolType secondary = described(clients.secondary);
    assertThat(primary.lambdaConfig().preSignUp()).contains("us-east-1");
    assertThat(secondary.lambdaConfig().preSignUp()).contains("us-west-2");
    assertThat(primary.emailConfiguration().emailSendingAccountAsString()).isEqualTo("DEVELOPER");
    assertThat(secondary.emailConfiguration().emailSendingAccountAsString())
        .isEqualTo("COGNITO_DEFAULT");
    assertThat(secondary.emailVerificationSubject()).isEqualTo("Hello");
    assertThat(primary.userPoolTags()).isEmpty();
    assertThat(secondary.userPoolTags()).containsEntry("a", "b");
  }

  @Test
  void tags_are_put_and_taken_by_the_regions_own_arn() {
    String arn = described(clients.secondary).arn();
    clients.secondary.tagResource(it -> it.resourceArn(arn).tags(Map.of("a", "b", "c", "d")));
    clients.secondary.untagResource(it -> it.resourceArn(arn).tagKeys("a"));
    assertThat(clients.secondary.listTagsForResource(it -> it.resourceArn(arn)).tags())
        .containsExactly(Map.entry("c", "d"));
    assertThat(described(clients.primary).userPoolTags()).isEmpty();
  }

  @Test
  void log_export_and_the_mail_of_threat_protection_are_each_regions_own() {
    clients.primary.setLogDeliveryConfiguration(
        it ->
            it.userPoolId(pool)
                .logConfigurations(
                    LogConfigurationType.builder()
                        .logLevel("ERROR")
                        .eventSource("userNotification")
                        .build()));
    clients.primary.setRiskConfiguration(
        it ->
            it.userPoolId(pool)
                .compromisedCredentialsRiskConfiguration(
                    risk -> risk.actions(action -> action.eventAction("BLOCK")))
                .accountTakeoverRiskConfiguration(
                    risk -> risk.notifyConfiguration(mail -> mail.sourceArn("arn:aws:ses:a"))));

    assertThat(
            clients
                .secondary
                .getLogDeliveryConfiguration(it -> it.userPoolId(pool))
                .logDeliveryConfiguration()
                .logConfigurations())
        .isEmpty();
    var seen =
        clients.secondary.describeRiskConfiguration(it -> it.userPoolId(pool)).riskConfiguration();
    assertThat(seen.compromisedCredentialsRiskConfiguration().actions().eventActionAsString())
        .isEqualTo("BLOCK");
    assertThat(seen.accountTakeoverRiskConfiguration().notifyConfiguration()).isNull();
  }

  /** Seen: pulumi-aws-native issue 1256. */
  @Test
  void what_describe_shows_of_temporary_passwords_cannot_be_sent_back_as_it_is() {
    UserPoolType shown = described(clients.primary);
    assertThat(shown.adminCreateUserConfig().unusedAccountValidityDays()).isEqualTo(7);
    assertThatThrownBy(
            () ->
                clients.primary.updateUserPool(
                    it ->
                        it.userPoolId(pool)
                            .policies(shown.policies())
                            .adminCreateUserConfig(shown.adminCreateUserConfig())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Please use TemporaryPasswordValidityDays");
  }
}
