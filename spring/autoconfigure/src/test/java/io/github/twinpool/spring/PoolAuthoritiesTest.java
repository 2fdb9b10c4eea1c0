package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.spring.TwinpoolProperties.Authorities;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** Groups and scopes as authorities. */
class PoolAuthoritiesTest {
  private final PoolAuthorities authorities =
      new PoolAuthorities(
          new Authorities("GROUP_", "SCOPE_"),
          Map.of("us-east-1_MAIN", "", "eu-west-1_PARTNERS", "partners:"));

  @Test
  void groups_and_scopes_have_their_prefixes() {
    assertThat(of("us-east-1_MAIN", Map.of("scope", "a b", "cognito:groups", List.of("admin"))))
        .containsExactly("SCOPE_a", "SCOPE_b", "GROUP_admin");
  }

  @Test
  void those_of_an_additional_pool_begin_with_its_name() {
    assertThat(of("eu-west-1_PARTNERS", Map.of("scope", "a", "cognito:groups", List.of("admin"))))
        .containsExactly("partners:SCOPE_a", "partners:GROUP_admin");
  }

  @Test
  void a_group_of_the_main_pool_cannot_pass_for_one_of_another_pool() {
    assertThat(of("us-east-1_MAIN", Map.of("cognito:groups", List.of("partners:GROUP_admin"))))
        .containsExactly("GROUP_partners:GROUP_admin");
  }

  @Test
  void a_pool_that_nobody_configured_gives_no_authorities() {
    assertThat(of("eu-west-1_OTHER", Map.of("scope", "a", "cognito:groups", List.of("admin"))))
        .isEmpty();
  }

  @Test
  void claims_of_other_types_give_none() {
    assertThat(of("us-east-1_MAIN", Map.of("scope", 7, "cognito:groups", "admin"))).isEmpty();
    assertThat(of("us-east-1_MAIN", Map.of("sub", "me", "scope", "  "))).isEmpty();
  }

  private List<String> of(String pool, Map<String, Object> claims) {
    Jwt jwt =
        Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .issuer("https://cognito-idp.x.amazonaws.com/" + pool)
            .claims(it -> it.putAll(claims))
            .build();
    return authorities.convert(jwt).stream().map(GrantedAuthority::getAuthority).toList();
  }
}
