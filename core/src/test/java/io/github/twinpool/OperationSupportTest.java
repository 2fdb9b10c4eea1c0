package io.github.twinpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.OperationSupport.Secondary;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lists are those of the developer guide's page on multi-Region replication, copied by hand.
 */
class OperationSupportTest {
  private static final Set<String> ADDED_BY_ACTIVE =
      names(
          """
          AdminInitiateAuth AdminRespondToAuthChallenge AdminUpdateAuthEventFeedback
          AdminUserGlobalSignOut GetDevice GetIdentityProviderByIdentifier GetTokensFromRefreshToken
          GetUser GetUserAuthFactors GlobalSignOut InitiateAuth ListDevices ListWebAuthnCredentials
          RespondToAuthChallenge RevokeToken UpdateAuthEventFeedback
          """);
  private static final Set<String> ALWAYS_READ =
      names(
          """
          AdminGetDevice AdminGetUser AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents
          DescribeIdentityProvider DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient
          DescribeResourceServer DescribeRiskConfiguration DescribeTerms DescribeUserPool
          DescribeUserPoolClient DescribeUserPoolDomain GetGroup GetLogDeliveryConfiguration
          GetSigningCertificate GetUICustomization GetUserPoolMfaConfig ListIdentityProviders ListGroups
          ListResourceServers ListTagsForResource ListTerms ListUserPoolClients
          ListUserPoolClientSecrets ListUserPoolReplicas ListUserPools ListUsers ListUsersInGroup
          """);
  private static final Set<String> OWN_CONFIGURATION =
      names(
          """
          CreateUserPoolDomain DeleteUserPoolDomain DeleteUserPoolReplica SetLogDeliveryConfiguration
          SetRiskConfiguration SetUserPoolMfaConfig TagResource UntagResource UpdateUserPool
          UpdateUserPoolDomain UpdateUserPoolReplica
          """);

  private static Set<String> names(String list) {
    return new TreeSet<>(Arrays.asList(list.strip().split("\\s+")));
  }

  private static Set<String> with(Secondary secondary) {
    return OperationSupport.catalogue().stream()
        .filter(it -> it.secondary() == secondary)
        .map(OperationSupport::operation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_catalogue_serves_on_the_secondary_exactly_what_the_guide_lists() {
    Set<String> always = new TreeSet<>(ALWAYS_READ);
    always.addAll(OWN_CONFIGURATION);
    assertThat(with(Secondary.ACTIVE)).isEqualTo(ADDED_BY_ACTIVE);
    assertThat(with(Secondary.ALWAYS)).isEqualTo(always);
    assertThat(OperationSupport.catalogue()).hasSize(132);
  }

  @Test
  void what_the_secondary_never_serves_never_moves() {
    for (OperationSupport it : OperationSupport.catalogue()) {
      assertThat(it.routing() == Routing.PRIMARY_ONLY)
          .as(it.operation())
          .isEqualTo(it.secondary() == Secondary.NEVER);
    }
  }

  @Test
  void one_regions_own_configuration_never_moves_nor_do_the_reads_it_is_copied_from() {
    for (String operation : OWN_CONFIGURATION) {
      assertThat(OperationSupport.of(operation).routing())
          .as(operation)
          .isEqualTo(Routing.REGION_CONFIGURATION);
    }
    for (String read :
        names(
            """
            DescribeUserPool GetUserPoolMfaConfig DescribeRiskConfiguration
            GetLogDeliveryConfiguration DescribeUserPoolDomain
            """)) {
      assertThat(OperationSupport.of(read).routing().moves()).as(read).isFalse();
    }
  }

  @Test
  void challenge_answers_and_lists_stay_with_the_region_that_issued_their_token() {
    for (String operation :
        names("RespondToAuthChallenge AdminRespondToAuthChallenge ListUsers ListDevices")) {
      assertThat(OperationSupport.of(operation).routing()).isEqualTo(Routing.SAME_REGION);
    }
  }

  @Test
  void an_operation_that_nobody_knows_is_primary_only() {
    OperationSupport unknown = OperationSupport.of("TeleportUser");
    assertThat(unknown.routing()).isEqualTo(Routing.PRIMARY_ONLY);
    assertThat(unknown.secondary()).isEqualTo(Secondary.NEVER);
    assertThat(unknown.operation()).isEqualTo("TeleportUser");
  }

  @Test
  void the_spelling_of_an_sdk_finds_the_name_on_the_wire() {
    assertThat(OperationSupport.of("GetUiCustomization").operation())
        .isEqualTo("GetUICustomization");
    assertThat(OperationSupport.of("setUserMfaPreference").operation())
        .isEqualTo("SetUserMFAPreference");
  }

  @ParameterizedTest
  @EnumSource(Capability.class)
  void a_capability_is_either_movable_or_not(Capability capability) {
    Set<Boolean> moves =
        OperationSupport.catalogue().stream()
            .filter(it -> it.capability() == capability)
            .map(it -> it.routing().moves())
            .collect(Collectors.toSet());
    assertThat(moves).as(capability.name()).hasSizeLessThanOrEqualTo(1);
  }
}
