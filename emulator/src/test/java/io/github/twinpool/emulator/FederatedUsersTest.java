package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a provider's claims make of a user. */
class FederatedUsersTest {
  private final EmulatedCognito cognito =
      new EmulatedCognito(
          new TestClock(),
          new SecureRandom(),
          TestEmulators.builder().options.keys,
          Map.of(RegionRole.PRIMARY, "us-east-1", RegionRole.SECONDARY, "us-west-2"),
          new ReplicationLog(new TestClock(), Duration.ZERO),
          Assumptions.DEFAULT,
          List.of(),
          new Delays(Duration.ZERO, Duration.ZERO),
          "00000000-0000-4000-8000-000000000000");

  private Pool pool(boolean caseSensitive) {
    ObjectNode request = WireJson.object().put("PoolName", "pool");
    request.putObject("UsernameConfiguration").put("CaseSensitive", caseSensitive);
    return cognito.createPool(
        cognito.names().poolId("us-east-1"),
        PoolSettings.created(new JsonRequest(request), cognito.now()));
  }

  private UserRecord signedIn(
      Pool pool, ObjectNode client, Map<String, String> mapping, Map<String, String> claims) {
    Call call = new Call(cognito, RegionRole.PRIMARY, new JsonRequest(WireJson.object()));
    ReceivedRequest request = new ReceivedRequest("GET", "/", "", Map.of(), new byte[0]);
    ProviderClients clients = new ProviderClients(cognito.providerHttp(), cognito.counterparts());
    return FederatedUsers.signedIn(
        new DomainCall(call, pool, request, clients, () -> {}),
        AppClient.of(
            new JsonRequest(client), "client", ClientSecrets.NONE, pool.id(), cognito.now()),
        new IdentityProvider(
            pool.id(),
            "Corp",
            ProviderType.OIDC,
            Map.of(),
            mapping,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            cognito.now(),
            cognito.now()),
        claims,
        Optional.empty());
  }

  @Test
  void names_keep_their_case_unless_the_pool_has_none() {
    Map<String, String> claims = Map.of("sub", "Ada.L");
    assertThat(signedIn(pool(true), WireJson.object(), Map.of(), claims).username())
        .isEqualTo("Corp_Ada.L");
    UserRecord lower = signedIn(pool(false), WireJson.object(), Map.of(), claims);
    assertThat(lower.username()).isEqualTo("corp_ada.l");
    assertThat(lower.attribute("identities")).contains("\"userId\":\"Ada.L\"", "\"Corp\"");
  }

  @Test
  void addresses_are_not_verified_unless_the_provider_says_so() {
    Map<String, String> claims =
        Map.of("sub", "1", "mail", "ada@corp.example", "checked", "true", "tel", "+15550100");
    UserRecord plain =
        signedIn(
            pool(true), WireJson.object(), Map.of("email", "mail", "phone_number", "tel"), claims);
    assertThat(plain.attribute("email_verified")).isEqualTo("false");
    assertThat(plain.attribute("phone_number_verified")).isEqualTo("false");
    UserRecord verified =
        signedIn(
            pool(true),
            WireJson.object(),
            Map.of("email", "mail", "email_verified", "checked"),
            claims);
    assertThat(verified.attribute("email_verified")).isEqualTo("true");
    assertThat(verified.attribute("phone_number_verified")).isEmpty();
  }

  @Test
  void each_sign_in_writes_what_the_provider_says_and_leaves_what_it_does_not_say() {
    Pool pool = pool(true);
    Map<String, String> mapping = Map.of("given_name", "first", "family_name", "last");
    signedIn(pool, WireJson.object(), mapping, Map.of("sub", "1", "first", "Ada", "last", "L"));
    UserRecord later =
        signedIn(pool, WireJson.object(), mapping, Map.of("sub", "1", "first", "Augusta"));
    assertThat(later.attribute("given_name")).isEqualTo("Augusta");
    assertThat(later.attribute("family_name")).isEqualTo("L");
  }

  @Test
  void what_the_app_client_may_not_write_is_left_out() {
    ObjectNode client = WireJson.object();
    client.putArray("WriteAttributes").add("given_name");
    UserRecord user =
        signedIn(
            pool(true),
            client,
            Map.of("given_name", "first", "family_name", "last"),
            Map.of("sub", "1", "first", "Ada", "last", "L"));
    assertThat(user.attribute("given_name")).isEqualTo("Ada");
    assertThat(user.attribute("family_name")).isEmpty();
  }

  @Test
  void a_mapping_of_the_user_name_counts_for_nothing() {
    UserRecord user =
        signedIn(
            pool(true),
            WireJson.object(),
            Map.of("username", "mail", "preferred_username", "nick"),
            Map.of("sub", "1", "mail", "ada@corp.example", "nick", "ada"));
    assertThat(user.username()).isEqualTo("Corp_1");
    assertThat(user.attribute("preferred_username")).isEqualTo("ada");
  }
}
