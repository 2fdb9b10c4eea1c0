package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetGroupRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;

class CallersValuesTest {
  private static final String ID = "us-east-1_EXAMPLE";

  static Stream<CognitoIdentityProviderRequest> carrying() {
    return Stream.of(
        GetGroupRequest.builder().userPoolId(ID).groupName("User pool " + ID).build(),
        AdminGetUserRequest.builder().userPoolId(ID + "x").build(),
        AdminGetUserRequest.builder().userPoolId(ID).username("US-EAST-1_example").build(),
        InitiateAuthRequest.builder().authParameters(Map.of("USERNAME", ID)).build(),
        InitiateAuthRequest.builder().clientMetadata(Map.of(ID, "value")).build(),
        ListUsersRequest.builder().userPoolId(ID).attributesToGet("sub", ID).build(),
        SignUpRequest.builder()
            .userAttributes(List.of(AttributeType.builder().name("n").value(ID).build()))
            .build());
  }

  @ParameterizedTest
  @MethodSource("carrying")
  void any_value_may_be_a_strangers(CognitoIdentityProviderRequest request) {
    assertThat(CallPreparation.CallersValues.contain(request, ID)).isTrue();
  }

  @Test
  void the_pool_that_the_application_names_is_its_own() {
    assertThat(
            CallPreparation.CallersValues.contain(
                AdminGetUserRequest.builder().userPoolId(ID).username("ada").build(), ID))
        .isFalse();
    assertThat(CallPreparation.CallersValues.contain(InitiateAuthRequest.builder().build(), ID))
        .isFalse();
  }
}
