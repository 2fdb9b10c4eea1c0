package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.spring.TwinpoolProperties.Authorities;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** Groups and scopes as authorities. */
class PoolAuthoritiesTest {
  private final PoolAuthorities authorities =
      new PoolAuthorities(
          new Authorities("GROUP_", "SCOPE_"),
          "us-east-1_MAIN",
          Map.of("partners", "eu-west-1_PARTNERS"));

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

  @ParameterizedTest
  @CsvSource({
    "'',partners",
    "GROUP_,GROUP_x",
    "p,partners",
    "partners:GROUP_,partners",
    "GROUP_,a:b"
  })
  void names_and_prefixes_that_would_let_one_pool_pass_for_another_fail_the_start(
      String groupPrefix, String name) {
    assertThatExceptionOfType(InvalidTwinpoolPropertyException.class)
        .isThrownBy(
            () ->
                new PoolAuthorities(
                    new Authorities(groupPrefix, "SCOPE_"), "us-east-1_MAIN", Map.of(name, "id")))
        .withMessageContaining("twinpool.additional-pools." + name);
  }

  @Test
  void alone_a_pool_may_have_no_prefix() {
    PoolAuthorities alone =
        new PoolAuthorities(new Authorities("", ""), "us-east-1_MAIN", Map.of());
    assertThat(of(alone, "us-east-1_MAIN", Map.of("cognito:groups", List.of("ROLE_ADMIN"))))
        .containsExactly("ROLE_ADMIN");
  }

  @ParameterizedTest
  @CsvSource({"'',SCOPE_admin", "SCOPE,_admin"})
  void a_group_whose_name_would_make_it_a_scope_gives_no_authority(String prefix, String group) {
    PoolAuthorities alone =
        new PoolAuthorities(new Authorities(prefix, "SCOPE_"), "us-east-1_MAIN", Map.of());
    assertThat(of(alone, "us-east-1_MAIN", Map.of("cognito:groups", List.of(group, "b"))))
        .containsExactly(prefix + "b");
  }

  @Test
  void claims_of_other_types_give_none() {
    assertThat(of("us-east-1_MAIN", Map.of("scope", 7, "cognito:groups", "admin"))).isEmpty();
    assertThat(of("us-east-1_MAIN", Map.of("sub", "me", "scope", "  "))).isEmpty();
  }

  private List<String> of(String pool, Map<String, Object> claims) {
    return of(authorities, pool, claims);
  }

  private static List<String> of(
      PoolAuthorities authorities, String pool, Map<String, Object> claims) {
    Jwt jwt =
        Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .issuer("https://cognito-idp.x.amazonaws.com/" + pool)
            .claims(it -> it.putAll(claims))
            .build();
    return authorities.convert(jwt).stream().map(GrantedAuthority::getAuthority).toList();
  }
}
