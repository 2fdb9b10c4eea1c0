package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.token.TokenValidator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names mean something in their own pool only: users, machines, groups and scopes. */
@ExtendWith(TestPool.Provider.class)
class TwoPoolsTest {
  private static final String ID = TestPool.PARTNER.id();

  private static TestPool pool;
  private static TokenValidator validator;
  private static TestServer server;

  @BeforeAll
  static void start(TestPool shared) {
    pool = shared;
    validator = shared.withPartner();
    server =
        TestServer.start(
            CognitoTokenFilter.builder(validator)
                .requireAnyGroup("/admin/*", "admins")
                .requireScopes("/orders/*", "orders/read")
                .requireAnyGroup("/partners/*", ID + " admins")
                .requireScopes("/bought/*", ID + " orders/read")
                .build());
  }

  @AfterAll
  static void stop() {
    server.close();
    validator.close();
  }

  @Test
  void users_of_two_pools_with_one_name_are_two_principals() {
    String ours = pool.user("ada", List.of("staff"), "");
    String theirs = pool.partner("ada", List.of("staff"), "");
    assertThat(server.get("/x", bearer(ours)).body())
        .contains("principal=ada user=ada type=Bearer staff=true");
    assertThat(server.get("/x", bearer(theirs)).body())
        .contains("principal=" + ID + " ada user=" + ID + " ada type=Bearer staff=false");
  }

  /**
   * Cognito's own names have no space. Those of an identity provider's people are made of what that
   * provider sends, and begin with the provider's name and an underscore.
   */
  @ParameterizedTest
  @ValueSource(strings = {" ada", " ", "  ada", " ada bob", " \u00e4"})
  void a_user_who_is_called_like_another_pools_is_another_principal(String posing) {
    String ours = pool.user(ID + posing, List.of("staff"), "");
    String theirs = pool.partner(posing.substring(1), List.of("staff"), "");
    assertThat(principal(ours)).isNotEqualTo(principal(theirs)).endsWith(ID + posing);
    assertThat(principal(ours)).isNotEqualTo(principal(pool.user("ada", List.of(), "")));
  }

  private static String principal(String token) {
    return new CognitoPrincipal(validator.validateAccessToken(token), pool.userPool().id())
        .getName();
  }

  /** A space of another kind, another case, and what only looks like the pool's ID. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\u00a0admins",
        "%s\u2003admins",
        "%s\tadmins",
        "%s\u200b admins",
        " %s admins",
        "%s  admins",
        "%s %s admins"
      })
  void a_group_whose_name_only_looks_qualified_opens_nothing(String name) {
    String group = name.replace("%s", ID);
    assertThat(server.get("/partners/x", bearer(pool.user("a", List.of(group), ""))).body())
        .contains("GROUP_MISSING");
    assertThat(server.get("/partners/x", bearer(pool.partner("a", List.of(group), ""))).body())
        .contains("GROUP_MISSING");
    assertThat(server.get("/admin/x", bearer(pool.partner("a", List.of(group), ""))).body())
        .contains("GROUP_MISSING");
  }

  @Test
  void a_group_of_one_pool_opens_nothing_to_the_other() {
    String ours = pool.user("ada", List.of("admins"), "");
    String theirs = pool.partner("ada", List.of("admins"), "");
    assertThat(server.get("/admin/x", bearer(ours)).status()).isEqualTo(200);
    assertThat(server.get("/admin/x", bearer(theirs)).body()).contains("GROUP_MISSING");
    assertThat(server.get("/partners/x", bearer(theirs)).status()).isEqualTo(200);
    assertThat(server.get("/partners/x", bearer(ours)).body()).contains("GROUP_MISSING");
  }

  @Test
  void a_group_that_is_called_like_another_pool_s_is_not_that() {
    String posing = pool.user("ada", List.of(ID + " admins", ID + "/admins"), "");
    assertThat(server.get("/partners/x", bearer(posing)).body()).contains("GROUP_MISSING");
  }

  @Test
  void a_scope_of_one_pool_opens_nothing_to_the_other() {
    String ours = pool.user("ada", List.of(), "orders/read");
    String theirs = pool.partner("ada", List.of(), "orders/read");
    assertThat(server.get("/orders/1", bearer(ours)).status()).isEqualTo(200);
    assertThat(server.get("/orders/1", bearer(theirs)).body()).contains("SCOPE_MISSING");
    assertThat(server.get("/bought/1", bearer(theirs)).status()).isEqualTo(200);
    assertThat(server.get("/bought/1", bearer(ours)).header("WWW-Authenticate"))
        .singleElement()
        .asString()
        .contains("insufficient_scope")
        .doesNotContain("scope=\"", ID);
  }
}
