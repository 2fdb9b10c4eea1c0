package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitClass;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitDefinitionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ServiceQuotaExceededException;

/** The account's rates of requests, of which each Region has its own. */
class ProvisionedLimitTest {
  private final CognitoEmulator emulator =
      TestEmulators.builder().provisionedLimitsOnSecondary(true).start();
  private final EmulatorClients clients = new EmulatorClients(emulator);

  @AfterEach
  void stop() {
    clients.close();
  }

  private static LimitDefinitionType category(String name) {
    return LimitDefinitionType.builder()
        .limitClass(LimitClass.API_CATEGORY)
        .attributes(Map.of("Category", name))
        .build();
  }

  private static LimitType limit(CognitoIdentityProviderClient client, String category) {
    return client.getProvisionedLimit(it -> it.limitDefinition(category(category))).limit();
  }

  @Test
  void a_raise_stays_in_its_region() {
    LimitType raised =
        clients
            .primary
            .updateProvisionedLimit(
                it -> it.limitDefinition(category("UserAuthentication")).requestedLimitValue(300))
            .limit();
    assertThat(raised.provisionedLimitValue()).isEqualTo(300);
    assertThat(raised.freeLimitValue()).isEqualTo(120);
    assertThat(raised.limitDefinition()).isEqualTo(category("UserAuthentication"));
    assertThat(limit(clients.primary, "UserAuthentication")).isEqualTo(raised);
    assertThat(limit(clients.secondary, "UserAuthentication").provisionedLimitValue())
        .isEqualTo(120);
    assertThat(limit(clients.primary, "UserToken").provisionedLimitValue()).isEqualTo(120);
  }

  @Test
  void what_no_account_may_have_is_refused() {
    assertThatThrownBy(() -> update("UserUpdate", 24))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> update("UserUpdate", 251))
        .isInstanceOf(ServiceQuotaExceededException.class);
    assertThatThrownBy(() -> update("NoCategory", 100))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(limit(clients.primary, "UserUpdate").provisionedLimitValue()).isEqualTo(25);
  }

  private void update(String category, int value) {
    clients.primary.updateProvisionedLimit(
        it -> it.limitDefinition(category(category)).requestedLimitValue(value));
  }

  @Test
  void without_the_switch_a_replicas_region_serves_neither() {
    try (CognitoEmulator byTheTable = TestEmulators.start();
        EmulatorClients strict = new EmulatorClients(byTheTable)) {
      assertThatThrownBy(() -> limit(strict.secondary, "UserAuthentication"))
          .isInstanceOf(OperationNotEnabledException.class);
      assertThat(limit(strict.primary, "UserAuthentication").provisionedLimitValue())
          .isEqualTo(120);
    }
  }
}
