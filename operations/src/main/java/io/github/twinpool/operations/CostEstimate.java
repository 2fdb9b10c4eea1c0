package io.github.twinpool.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;

/**
 * What replication adds to the monthly bill in US dollars, by the prices of a dated file in this
 * module. What users cost without it depends on contracts and free tiers: say what you pay, or get
 * the add-on alone. Estimates, not offers. Immutable.
 */
public final class CostEstimate {
  private static final String FILE = "prices.json";
  private static final int CENTS = 2;

  private final String date;
  private final BigDecimal usersAddOn;
  private final BigDecimal machineAddOn;
  private final BigDecimal base;
  private final BigDecimal saved;

  /** The feature plans that can be replicated. */
  public enum Tier {
    /** The Essentials plan. */
    ESSENTIALS,
    /** The Plus plan, with threat protection. */
    PLUS
  }

  /**
   * What is used in a month.
   *
   * @param users monthly active users
   * @param pricePerUser what one of them costs you without replication, 0 if it is not to be
   *     counted
   * @param machineTokens machine tokens that are really requested
   * @param machineTokensSaved those that were served from a cache instead: {@code
   *     MachineTokens.counts()} of twinpool-sign-in knows
   */
  public record Usage(
      Tier tier, long users, BigDecimal pricePerUser, long machineTokens, long machineTokensSaved) {
    /** Refuses what is negative. */
    public Usage {
      Objects.requireNonNull(tier, "tier");
      require("users", users);
      require("machineTokens", machineTokens);
      require("machineTokensSaved", machineTokensSaved);
      if (pricePerUser.signum() < 0) {
        throw new IllegalArgumentException("pricePerUser " + pricePerUser + ": is negative");
      }
    }

    private static void require(String field, long value) {
      if (value < 0) {
        throw new IllegalArgumentException(field + " " + value + ": is negative");
      }
    }
  }

  private CostEstimate(JsonNode prices, Usage usage) {
    date = prices.required("date").asText();
    BigDecimal token = price(prices, "machineToken");
    BigDecimal replicated = price(prices, "machineTokenReplicated");
    BigDecimal users = BigDecimal.valueOf(usage.users());
    BigDecimal tokens = BigDecimal.valueOf(usage.machineTokens());
    usersAddOn = users.multiply(price(prices.required("replicaPerUser"), usage.tier().name()));
    machineAddOn = tokens.multiply(replicated.subtract(token));
    base = users.multiply(usage.pricePerUser()).add(tokens.multiply(token));
    saved = BigDecimal.valueOf(usage.machineTokensSaved()).multiply(replicated);
  }

  private static BigDecimal price(JsonNode prices, String name) {
    return new BigDecimal(prices.required(name).asText());
  }

  /** An estimate for one replica, which is all that Cognito has. */
  public static CostEstimate of(Usage usage) {
    try (InputStream file =
        Objects.requireNonNull(CostEstimate.class.getResourceAsStream(FILE), FILE)) {
      return new CostEstimate(new ObjectMapper().readTree(file), usage);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  /** The year and month of the prices. */
  public String pricesOf() {
    return date;
  }

  /** What replication adds a month, in US dollars and cents. */
  public BigDecimal addOn() {
    return cents(usersAddOn.add(machineAddOn));
  }

  /** The month with replication: what you pay for users, machine tokens, and the add-on. */
  public BigDecimal total() {
    return cents(base.add(usersAddOn).add(machineAddOn));
  }

  /** What the machine tokens would have cost that came from a cache. */
  public BigDecimal saved() {
    return cents(saved);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(CENTS, RoundingMode.HALF_UP);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "replication adds $%s a month ($%s for users, $%s for machine tokens), $%s in all; cached"
            + " machine tokens save $%s (prices of %s)",
        addOn(),
        cents(usersAddOn),
        cents(machineAddOn),
        total(),
        saved(),
        date);
  }
}
