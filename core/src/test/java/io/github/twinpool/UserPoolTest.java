package io.github.twinpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPoolTest {
  private static final String ID = "us-east-1_EXAMPLE";

  @Test
  void the_primary_region_is_the_prefix_of_the_id() {
    UserPool pool = UserPool.of(ID).replicatedTo("us-west-2");
    assertThat(pool.primaryRegion()).isEqualTo("us-east-1");
    assertThat(pool.secondaryRegion()).contains("us-west-2");
    assertThat(pool.region(RegionRole.PRIMARY)).isEqualTo("us-east-1");
    assertThat(pool.region(RegionRole.SECONDARY)).isEqualTo("us-west-2");
    assertThat(pool.roles()).containsExactly(RegionRole.PRIMARY, RegionRole.SECONDARY);
    assertThat(pool).hasToString("us-east-1_EXAMPLE replicated to us-west-2");
  }

  @Test
  void a_pool_without_replica_has_one_role_only() {
    UserPool pool = UserPool.of(ID);
    assertThat(pool.roles()).containsExactly(RegionRole.PRIMARY);
    assertThatIllegalStateException()
        .isThrownBy(() -> pool.region(RegionRole.SECONDARY))
        .withMessageContaining(ID);
    assertThatIllegalStateException().isThrownBy(() -> pool.endpoint(RegionRole.SECONDARY));
  }

  @Test
  void both_issuers_name_the_primary_region() {
    UserPool pool = UserPool.of(ID).replicatedTo("us-west-2");
    assertThat(pool.issuer(IssuerType.ORIGINAL))
        .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE");
    assertThat(pool.issuer(IssuerType.UPDATED))
        .isEqualTo("https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE");
  }

  @Test
  void endpoints_and_key_sets_are_each_regions_own() {
    UserPool pool = UserPool.of(ID).replicatedTo("us-west-2");
    assertThat(pool.endpoint(RegionRole.SECONDARY))
        .hasToString("https://cognito-idp.us-west-2.amazonaws.com");
    assertThat(pool.jwksUri(RegionRole.SECONDARY))
        .hasToString(
            "https://cognito-idp.us-west-2.amazonaws.com/us-east-1_EXAMPLE/.well-known/jwks.json");
    assertThat(pool.jwksUri(IssuerType.ORIGINAL)).isEqualTo(pool.jwksUri(RegionRole.PRIMARY));
    assertThat(pool.jwksUri(IssuerType.UPDATED))
        .hasToString(
            "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE/.well-known/jwks.json");
  }

  @Test
  void china_and_govcloud_have_their_partitions_suffixes() {
    UserPool china = UserPool.of("cn-north-1_abc");
    assertThat(china.partition()).isEqualTo(AwsPartition.AWS_CN);
    assertThat(china.issuer(IssuerType.ORIGINAL))
        .isEqualTo("https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_abc");
    UserPool gov = UserPool.of("us-gov-west-1_abc");
    assertThat(gov.partition().id()).isEqualTo("aws-us-gov");
    assertThat(gov.endpoint(RegionRole.PRIMARY))
        .hasToString("https://cognito-idp.us-gov-west-1.amazonaws.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "us-east-1",
        "us-east-1_",
        "_abc",
        "us-east-1_abc/../x",
        "US-EAST-1_abc",
        "us-east-1_ab c",
        "us-east-1_abc\n",
        "us-east-1_0123456789012345678901234567890123456789012345678901234567890",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc"
      })
  void what_is_no_pool_id_is_refused_with_field_and_value(String id) {
    InvalidUserPoolException refusal =
        catchThrowableOfType(InvalidUserPoolException.class, () -> UserPool.of(id));
    assertThat(refusal.field()).isEqualTo("id");
    assertThat(id).startsWith(refusal.value().replace("…", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, primary Region",
    "cn-north-1, partition",
    "ca-west-1, allowUnlistedRegions",
    "US-WEST-2, not the name of a Region",
    "us-west-2_abc, not the name of a Region"
  })
  void a_secondary_that_cannot_be_is_refused(String region, String rule) {
    assertThatThrownBy(() -> UserPool.of(ID).replicatedTo(region))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("secondaryRegion")
        .hasMessageContaining(region)
        .hasMessageContaining(rule);
  }

  @Test
  void a_primary_that_the_list_does_not_know_is_refused_only_with_a_replica() {
    assertThat(UserPool.of("ca-west-1_abc").primaryRegion()).isEqualTo("ca-west-1");
    assertThatThrownBy(() -> UserPool.of("ca-west-1_abc").replicatedTo("us-west-2"))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("primaryRegion 'ca-west-1'");
  }

  @Test
  void an_unlisted_region_can_be_allowed() {
    UserPool pool =
        UserPool.builder(ID).allowUnlistedRegions(true).secondaryRegion("mx-central-1").build();
    assertThat(pool.secondaryRegion()).contains("mx-central-1");
    assertThat(pool.toBuilder().build()).isEqualTo(pool).hasSameHashCodeAs(pool);
  }

  @Test
  void a_region_that_contradicts_the_id_is_refused() {
    assertThat(UserPool.builder(ID).primaryRegion("us-east-1").build()).isEqualTo(UserPool.of(ID));
    assertThatThrownBy(() -> UserPool.builder(ID).primaryRegion("eu-west-1"))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("primaryRegion 'eu-west-1'")
        .hasMessageContaining(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cognito-idp-fips.us-east-1.amazonaws.com",
        "https://vpce-0123.cognito-idp.us-east-1.vpce.amazonaws.com/",
        "http://localhost:4500",
        "http://127.0.0.1:4500",
        "http://127.8.8.8:1",
        "http://[::1]:4500"
      })
  void endpoints_are_https_anywhere_and_http_on_loopback(String endpoint) {
    UserPool pool = UserPool.builder(ID).endpoint(RegionRole.PRIMARY, URI.create(endpoint)).build();
    assertThat(pool.endpoint(RegionRole.PRIMARY)).hasToString(endpoint);
    assertThat(pool.jwksUri(IssuerType.ORIGINAL).toString())
        .startsWith(endpoint.replaceFirst("/$", "") + "/us-east-1_EXAMPLE/.well-known");
    assertThat(pool.issuer(IssuerType.ORIGINAL)).startsWith("https://cognito-idp.us-east-1.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://cognito-idp.us-east-1.amazonaws.com",
        "ftp://127.0.0.1",
        "https://host/path",
        "https://host?x=y",
        "https://host#f",
        "/relative",
        "https:opaque"
      })
  void other_endpoints_are_refused(String endpoint) {
    assertThatThrownBy(
            () -> UserPool.builder(ID).endpoint(RegionRole.PRIMARY, URI.create(endpoint)))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("primaryEndpoint")
        .hasMessageContaining(endpoint.split("[?#]", 2)[0]);
    assertThatThrownBy(() -> UserPool.builder(ID).updatedIssuerEndpoint(URI.create(endpoint)))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("updatedIssuerEndpoint");
  }

  @Test
  void a_password_in_an_endpoint_is_refused_without_repeating_it() {
    assertThatThrownBy(
            () ->
                UserPool.builder(ID)
                    .endpoint(RegionRole.PRIMARY, URI.create("https://me:secret@host")))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_query_in_an_endpoint_is_refused_without_repeating_it() {
    assertThatThrownBy(
            () ->
                UserPool.builder(ID)
                    .endpoint(RegionRole.PRIMARY, URI.create("https://host/?sig=secret")))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("https://host/?")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_secondary_endpoint_needs_a_secondary() {
    assertThatThrownBy(
            () ->
                UserPool.builder(ID)
                    .endpoint(RegionRole.SECONDARY, URI.create("https://host"))
                    .build())
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("secondaryEndpoint 'https://host'");
  }

  @Test
  void a_prefix_domain_has_a_host_in_each_region_and_a_custom_domain_one() {
    UserPool pool = UserPool.builder(ID).secondaryRegion("us-west-2").domain("my-app").build();
    assertThat(pool.domain(RegionRole.PRIMARY))
        .contains(URI.create("https://my-app.auth.us-east-1.amazoncognito.com"));
    assertThat(pool.domain(RegionRole.SECONDARY))
        .contains(URI.create("https://my-app.auth.us-west-2.amazoncognito.com"));
    UserPool custom = pool.toBuilder().domain("auth.example.com").build();
    assertThat(custom.domain(RegionRole.SECONDARY))
        .contains(URI.create("https://auth.example.com"));
    assertThat(UserPool.of(ID).domain(RegionRole.PRIMARY)).isEmpty();
  }

  @Test
  void a_domain_of_a_secondary_that_does_not_exist_is_refused() {
    UserPool.Builder builder =
        UserPool.builder(ID)
            .domainEndpoint(RegionRole.SECONDARY, URI.create("https://login.example.com"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("domainEndpoint 'https://login.example.com'");
  }

  @Test
  void the_address_of_a_domain_can_be_another_in_each_region() {
    URI elsewhere = URI.create("http://127.0.0.1:8443");
    UserPool pool =
        UserPool.builder(ID)
            .secondaryRegion("us-west-2")
            .domain("my-app")
            .domainEndpoint(RegionRole.SECONDARY, elsewhere)
            .build();
    assertThat(pool.toBuilder().build()).isEqualTo(pool);
    assertThat(pool.domain(RegionRole.PRIMARY))
        .contains(URI.create("https://my-app.auth.us-east-1.amazoncognito.com"));
    assertThat(pool.domain(RegionRole.SECONDARY)).contains(elsewhere);
    assertThatThrownBy(
            () ->
                pool.toBuilder()
                    .domainEndpoint(RegionRole.PRIMARY, URI.create("http://auth.example.com")))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("domainEndpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a..b", "https://x", "a/b", "a b", "a_b"})
  void what_is_no_domain_is_refused(String domain) {
    assertThatThrownBy(() -> UserPool.builder(ID).domain(domain))
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("domain '" + domain + "'");
  }

  @Test
  void the_known_regions_are_the_sixteen_of_the_launch() {
    assertThat(ReplicationRegions.known()).hasSize(16).contains("us-east-1", "sa-east-1");
    assertThat(ReplicationRegions.contains("ca-west-1")).isFalse();
    assertThat(ReplicationRegions.contains("ap-northeast-3")).isFalse();
  }
}
