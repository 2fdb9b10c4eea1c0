package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.CognitoEmulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** What docs/emulator-in-tests.md shows besides. */
class EmulatorRecipesTest {
  private static final Path PAGE = Path.of("../docs/emulator-in-tests.md");
  private static final Path POOLS = Path.of("src/test/resources/pools.yaml");

  @Nested
  // tag::emulator-by-annotation[]
  @ExtendWith(CognitoEmulatorExtension.class)
  class SignUpTest {
    @Test
    void a_new_pool_has_no_users(CognitoEmulator emulator, CognitoIdentityProviderClient client) {
      assertThat(client.listUsers(it -> it.userPoolId(emulator.userPool().id())).users()).isEmpty();
    }
  }

  // end::emulator-by-annotation[]

  @Nested
  class PerMethod {
    // tag::emulator-per-method[]
    @RegisterExtension // not static: each method has an emulator of its own
    final CognitoEmulatorExtension emulator =
        CognitoEmulatorExtension.of(CognitoEmulator.builder().emailAlias(true));

    // end::emulator-per-method[]

    @Test
    void it_runs() {
      assertThat(emulator.emulator().served()).isEmpty();
    }
  }

  @Test
  void a_test_without_junit_starts_resets_and_closes_one() {
    // tag::emulator-reset[]
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      emulator.createUser("ada", "Correct-Horse-7");
      // …
      emulator.reset(); // ada is gone; IDs, ports and open connections are as before
    }
    // end::emulator-reset[]
  }

  @Test
  void ids_and_ports_can_be_fixed() {
    // tag::emulator-fixed[]
    CognitoEmulator.Builder builder =
        CognitoEmulator.builder()
            .poolId("us-east-1_SHOP")
            .clientId("shopweb")
            .clientSecret("0123456789012345678901234567")
            .firstPort(9229);
    // end::emulator-fixed[]
    try (CognitoEmulator emulator = builder.firstPort(0).start()) {
      assertThat(emulator.userPool().id()).isEqualTo("us-east-1_SHOP");
      assertThat(emulator.clientId()).isEqualTo("shopweb");
    }
  }

  @Test
  void a_file_of_pools_starts_as_the_page_shows_it() throws Exception {
    // tag::emulator-pools[]
    CognitoEmulator.Builder builder =
        CognitoEmulator.builder().pools(Path.of("src/test/resources/pools.yaml"));
    // end::emulator-pools[]
    try (CognitoEmulator emulator = builder.start()) {
      assertThat(emulator.userPool().id()).isEqualTo("us-east-1_SHOP");
      assertThat(emulator.clientIds()).containsExactlyInAnyOrder("shopweb", "shopmachine");
    }
    MarkdownPage page = new MarkdownPage("emulator-in-tests.md", Files.readString(PAGE));
    List<String> file = Files.readAllLines(POOLS);
    assertThat(page.blocks())
        .as("the page shows the file %s", POOLS)
        .anySatisfy(block -> assertThat(block.lines()).isEqualTo(file));
  }
}
