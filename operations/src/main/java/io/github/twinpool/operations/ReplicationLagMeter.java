package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;

/**
 * Measures how much later the secondary sees what the primary changes: AWS publishes no such
 * metric. A marker is written to an attribute of a canary user in the primary, and read in the
 * secondary until it is there. The attribute gets its former value back.
 *
 * <p><strong>What it costs:</strong> AdminGetUser makes the canary a monthly active user of both
 * prices. Each sample is one UserUpdate (Cognito allows 25 a second) and, while it waits, ten
 * UserRead a second (of 120). Not thread-safe.
 */
public final class ReplicationLagMeter {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String MARKER = "twinpool-lag-";

  private final AwsClients clients;
  private final AwsCalls calls;
  private final String username;
  private String attribute = "nickname";
  private int samples = 20;
  private Duration patience = Duration.ofSeconds(30);
  private Consumer<Optional<Duration>> listener = lag -> {};

  private ReplicationLagMeter(AwsClients clients, String username) {
    this.clients = clients;
    this.calls = new AwsCalls(clients);
    this.username = Objects.requireNonNull(username, "username");
  }

  /**
   * A meter of 20 samples, of which each may take 30 s.
   *
   * @param username a user that nobody signs in as
   */
  public static ReplicationLagMeter of(AwsClients clients, String username) {
    return new ReplicationLagMeter(clients, username);
  }

  /** The attribute that is written. Default: nickname. It must be one that the pool has. */
  public ReplicationLagMeter attribute(String name) {
    if (!name.matches("[a-z_]{1,32}|custom:[A-Za-z0-9_-]{1,20}")) {
      throw new IllegalArgumentException("attribute '" + name + "': wants an attribute's name");
    }
    attribute = name;
    return this;
  }

  /**
   * How many samples. Default: 20.
   *
   * @throws IllegalArgumentException if it is not 1 to 1000
   */
  public ReplicationLagMeter samples(int count) {
    if (count < 1 || count > 1_000) {
      throw new IllegalArgumentException("samples " + count + ": wants 1 to 1000");
    }
    samples = count;
    return this;
  }

  /**
   * How long one sample may take. Default: 30 s.
   *
   * @throws IllegalArgumentException if it is not over 0, or longer than 10 minutes
   */
  public ReplicationLagMeter patience(Duration limit) {
    patience = Bounds.time("patience", limit, Duration.ofMinutes(10));
    return this;
  }

  /**
   * Who is told each sample's lag, empty if its marker was lost. Called by the thread that
   * measures; an exception is logged, and the run goes on. Default: nobody.
   */
  public ReplicationLagMeter listener(Consumer<Optional<Duration>> hearing) {
    listener = Objects.requireNonNull(hearing, "listener");
    return this;
  }

  /**
   * Measures, and blocks meanwhile.
   *
   * @throws OperationsException if the canary cannot be written or read
   */
  public LagReport measure() {
    String before = value(RegionRole.PRIMARY).orElse("");
    List<Duration> lags = new ArrayList<>();
    int lost = 0;
    try {
      for (int i = 0; i < samples; i++) {
        String marker = MARKER + Long.toHexString(clients.nanoTime().getAsLong()) + "-" + i;
        write(marker);
        Optional<Duration> lag = seen(marker);
        lag.ifPresent(lags::add);
        lost += lag.isPresent() ? 0 : 1;
        Hearing.tell(() -> listener.accept(lag));
      }
    } finally {
      write(before);
    }
    return new LagReport(lags, lost, patience);
  }

  private Optional<Duration> seen(String marker) {
    long written = clients.nanoTime().getAsLong();
    Supplier<Boolean> look = () -> value(RegionRole.SECONDARY).filter(marker::equals).isPresent();
    Patience waiting = clients.patience(POLL, patience, Duration.ZERO);
    return waiting.until(look, there -> there, (there, elapsed) -> {})
        ? Optional.of(Duration.ofNanos(clients.nanoTime().getAsLong() - written))
        : Optional.empty();
  }

  private Optional<String> value(RegionRole role) {
    return calls
        .cognito(
            role,
            "AdminGetUser",
            it -> it.adminGetUser(r -> r.userPoolId(calls.pool().id()).username(username)))
        .userAttributes()
        .stream()
        .filter(it -> it.name().equals(attribute))
        .map(AttributeType::value)
        .findFirst();
  }

  private void write(String value) {
    calls.cognito(
        RegionRole.PRIMARY,
        "AdminUpdateUserAttributes",
        it ->
            it.adminUpdateUserAttributes(
                r ->
                    r.userPoolId(calls.pool().id())
                        .username(username)
                        .userAttributes(
                            AttributeType.builder().name(attribute).value(value).build())));
  }
}
