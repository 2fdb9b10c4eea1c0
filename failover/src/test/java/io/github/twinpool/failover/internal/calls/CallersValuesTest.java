package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetGroupRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.HttpHeader;
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
        AdminGetUserRequest.builder().userPoolId(ID).username("\u200b" + ID + "\u200b").build(),
        GetGroupRequest.builder().userPoolId(ID.toLowerCase(Locale.ROOT)).build(),
        GetGroupRequest.builder().userPoolId(" " + ID).build(),
        DescribeUserPoolClientRequest.builder().userPoolId(ID).clientId(ID).build(),
        ListUsersRequest.builder().userPoolId(ID).filter("username = \"" + ID + "\"").build(),
        ListUsersRequest.builder().userPoolId(ID).paginationToken(ID).build(),
        InitiateAuthRequest.builder().clientId(ID).build(),
        InitiateAuthRequest.builder().session(ID).build(),
        InitiateAuthRequest.builder()
            .userContextData(it -> it.encodedData("a" + ID).ipAddress("127.0.0.1"))
            .build(),
        InitiateAuthRequest.builder().analyticsMetadata(it -> it.analyticsEndpointId(ID)).build(),
        AdminInitiateAuthRequest.builder()
            .userPoolId(ID)
            .contextData(
                it ->
                    it.httpHeaders(
                        List.of(HttpHeader.builder().headerName("h").headerValue(ID).build())))
            .build(),
        SignUpRequest.builder()
            .userAttributes(List.of(AttributeType.builder().name("n").value(ID).build()))
            .build());
  }

  @ParameterizedTest
  @MethodSource("carrying")
  void any_value_may_be_a_strangers(CognitoIdentityProviderRequest request) {
    assertThat(CallersValues.contain(request, ID)).isTrue();
  }

  @Test
  void the_pool_that_the_application_names_is_its_own() {
    assertThat(
            CallersValues.contain(
                AdminGetUserRequest.builder().userPoolId(ID).username("ada").build(), ID))
        .isFalse();
    assertThat(CallersValues.contain(InitiateAuthRequest.builder().build(), ID)).isFalse();
  }

  @Test
  void a_value_of_any_size_is_looked_through() {
    String most = "us-east-1_EXAMPL".repeat(60_000);
    AdminGetUserRequest.Builder request = AdminGetUserRequest.builder().userPoolId(ID);
    assertThat(CallersValues.contain(request.username(most).build(), ID)).isFalse();
    assertThat(CallersValues.contain(request.username(most + ID).build(), ID)).isTrue();
    assertThat(CallersValues.contain(request.username(ID.substring(1)).build(), ID)).isFalse();
    assertThat(CallersValues.contain(request.username("").build(), ID)).isFalse();
  }
}
