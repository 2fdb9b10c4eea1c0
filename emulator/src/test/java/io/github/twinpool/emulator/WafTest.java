package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.wafv2.Wafv2Client;
import software.amazon.awssdk.services.wafv2.model.Scope;
import software.amazon.awssdk.services.wafv2.model.WafDuplicateItemException;
import software.amazon.awssdk.services.wafv2.model.WafInvalidParameterException;
import software.amazon.awssdk.services.wafv2.model.WafNonexistentItemException;
import software.amazon.awssdk.services.wafv2.model.Wafv2Exception;

/** The emulator's WAF with the AWS SDK's client. */
class WafTest {
  private final CognitoEmulator emulator = TestEmulators.start();
  private final EmulatorClients clients = new EmulatorClients(emulator);
  private final Wafv2Client primary = waf(RegionRole.PRIMARY);
  private final Wafv2Client secondary = waf(RegionRole.SECONDARY);
  private final String arn = arn("us-east-1");

  private Wafv2Client waf(RegionRole role) {
    return Wafv2Client.builder()
        .region(Region.of(emulator.userPool().region(role)))
        .endpointOverride(emulator.waf(role).endpoint())
        .credentialsProvider(EmulatorClients.CREDENTIALS)
        .build();
  }

  private String arn(String region) {
    return "arn:aws:cognito-idp:" + region + ":123456789012:userpool/" + emulator.userPool().id();
  }

  private static String acl(Wafv2Client waf, String name) {
    return waf.createWebACL(
            it ->
                it.name(name)
                    .scope(Scope.REGIONAL)
                    .defaultAction(action -> action.allow(allow -> {}))
                    .visibilityConfig(
                        on ->
                            on.metricName(name)
                                .sampledRequestsEnabled(false)
                                .cloudWatchMetricsEnabled(false)))
        .summary()
        .arn();
  }

  @AfterEach
  void stop() {
    primary.close();
    secondary.close();
    clients.close();
  }

  @Test
  void a_pool_has_the_web_acl_that_is_associated_with_it_and_its_replica_has_not() {
    assertThat(primary.getWebACLForResource(it -> it.resourceArn(arn)).webACL()).isNull();
    String acl = acl(primary, "front");
    primary.associateWebACL(it -> it.resourceArn(arn).webACLArn(acl));
    var shown = primary.getWebACLForResource(it -> it.resourceArn(arn)).webACL();
    assertThat(shown.arn()).isEqualTo(acl).startsWith("arn:aws:wafv2:us-east-1:123456789012:reg");
    assertThat(shown.name()).isEqualTo("front");
    assertThat(shown.defaultAction().allow()).isNotNull();
    assertThat(secondary.getWebACLForResource(it -> it.resourceArn(arn("us-west-2"))).webACL())
        .as("WAF is not replicated")
        .isNull();
    primary.disassociateWebACL(it -> it.resourceArn(arn));
    assertThat(primary.getWebACLForResource(it -> it.resourceArn(arn)).webACL()).isNull();
  }

  @Test
  void an_acl_of_one_region_and_the_arn_of_another_are_unknown() {
    String acl = acl(primary, "front");
    assertThatThrownBy(
            () -> secondary.associateWebACL(it -> it.resourceArn(arn("us-west-2")).webACLArn(acl)))
        .isInstanceOf(WafNonexistentItemException.class);
    assertThatThrownBy(() -> secondary.getWebACLForResource(it -> it.resourceArn(arn)))
        .isInstanceOf(WafNonexistentItemException.class);
    assertThatThrownBy(
            () -> primary.getWebACLForResource(it -> it.resourceArn("arn:aws:s3:::a-bucket-of-it")))
        .isInstanceOf(WafInvalidParameterException.class);
  }

  @Test
  void names_are_checked_and_given_once() {
    acl(primary, "front");
    assertThatThrownBy(() -> acl(primary, "front")).isInstanceOf(WafDuplicateItemException.class);
    assertThatThrownBy(() -> acl(primary, "a name"))
        .isInstanceOf(WafInvalidParameterException.class);
    assertThat(acl(secondary, "front")).contains(":us-west-2:");
  }

  @Test
  void iam_and_outages_are_each_regions_own() {
    emulator.waf(RegionRole.PRIMARY).deny("GetWebACLForResource");
    assertThatThrownBy(() -> primary.getWebACLForResource(it -> it.resourceArn(arn)))
        .isInstanceOfSatisfying(
            Wafv2Exception.class,
            it -> assertThat(it.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"))
        .hasMessageContaining("wafv2:GetWebACLForResource");
    emulator.waf(RegionRole.SECONDARY).outage(Outage.refused());
    assertThatThrownBy(() -> secondary.getWebACLForResource(it -> it.resourceArn(arn("us-west-2"))))
        .isInstanceOf(SdkClientException.class);
    assertThat(emulator.waf(RegionRole.PRIMARY).calls("GetWebACLForResource")).isEqualTo(1);
    assertThat(emulator.waf(RegionRole.PRIMARY)).hasToString("WAF at " + waf());
  }

  private String waf() {
    return emulator.waf(RegionRole.PRIMARY).endpoint().toString();
  }
}
