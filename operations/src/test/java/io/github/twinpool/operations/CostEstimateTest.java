package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.operations.CostEstimate.Tier;
import io.github.twinpool.operations.CostEstimate.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The facts page, "The shape", price of the add-on. */
class CostEstimateTest {
  private static Usage usage(Tier tier, long users, String perUser, long tokens, long saved) {
    return new Usage(tier, users, new BigDecimal(perUser), tokens, saved);
  }

  @Test
  void a_hundred_thousand_users_of_essentials_cost_450_dollars_more() {
    CostEstimate estimate = CostEstimate.of(usage(Tier.ESSENTIALS, 100_000, "0", 0, 0));
    assertThat(estimate.addOn()).isEqualTo("450.00");
    assertThat(estimate.total()).isEqualTo("450.00");
    assertThat(CostEstimate.of(usage(Tier.PLUS, 100_000, "0", 0, 0)).addOn()).isEqualTo("600.00");
  }

  @Test
  void machine_tokens_cost_thirty_per_cent_more_and_cached_ones_nothing() {
    CostEstimate estimate = CostEstimate.of(usage(Tier.ESSENTIALS, 0, "0", 1_000_000, 9_000_000));
    assertThat(estimate.addOn()).isEqualTo("675.00");
    assertThat(estimate.total()).isEqualTo("2925.00");
    assertThat(estimate.saved()).isEqualTo("26325.00");
    assertThat(estimate.toString()).contains("adds $675.00", "save $26325.00", "2026-06");
  }

  @Test
  void what_users_cost_already_is_counted_if_it_is_said() {
    assertThat(CostEstimate.of(usage(Tier.ESSENTIALS, 1_000, "0.01", 0, 0)).total())
        .isEqualTo("14.50");
  }

  @Test
  void what_is_negative_is_refused_by_name() {
    assertThatThrownBy(() -> usage(Tier.PLUS, -1, "0", 0, 0)).hasMessageContaining("users -1");
    assertThatThrownBy(() -> usage(Tier.PLUS, 1, "-1", 0, 0)).hasMessageContaining("pricePerUser");
    assertThatThrownBy(() -> usage(Tier.PLUS, 1, "0", -1, 0)).hasMessageContaining("machineTokens");
  }
}
