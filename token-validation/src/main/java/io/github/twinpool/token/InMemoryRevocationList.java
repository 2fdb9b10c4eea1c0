package io.github.twinpool.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RevocationList} in this process's memory: by token, by sign-in, or by user. Thread-safe;
 * effective for the next call of a validator.
 *
 * <p>Each entry is forgotten when the tokens that it is about must have expired, so the list is no
 * longer than what was revoked within one token lifetime. It never forgets earlier, however many
 * entries there are: callers are the application, not strangers.
 *
 * <p>Limits. Other processes do not know what this one was told, and a restart forgets it. Nothing
 * is revoked at Cognito: whoever has a refresh token gets new tokens there, with a new {@code jti},
 * a later {@code iat} and the same {@code origin_jti}, so revoke there, too (RevokeToken,
 * GlobalSignOut). An entry for a sign-in whose refresh token lives on ends after one token
 * lifetime.
 */
public final class InMemoryRevocationList implements RevocationList {
  private final InstantSource clock;
  private final Cache<Entry, Boolean> revoked;
  private final Cache<Entry, Instant> users;

  private enum Kind {
    TOKEN,
    SIGN_IN,
    USER
  }

  private record Entry(Kind kind, String poolId, String id) {}

  private InMemoryRevocationList(Builder builder) {
    clock = builder.clock;
    revoked = cache(builder).build();
    users = cache(builder).build();
  }

  private static Caffeine<Object, Object> cache(Builder builder) {
    Ticker ticker = builder.nanoTime::getAsLong;
    return Caffeine.newBuilder()
        .expireAfterWrite(builder.tokenLifetime.plus(Builder.MAX_SKEW))
        .ticker(ticker)
        .executor(Runnable::run);
  }

  /** A list for tokens that live a day at most, as Cognito's do. */
  public static InMemoryRevocationList create() {
    return builder().build();
  }

  /** A list with options. */
  public static Builder builder() {
    return new Builder();
  }

  /** Revokes one token of a pool by its {@code jti}. */
  public void revokeToken(String poolId, String jti) {
    revoked.put(entry(Kind.TOKEN, poolId, "jti", jti), true);
  }

  /** Revokes all tokens of one sign-in by their {@code origin_jti}. */
  public void revokeSignIn(String poolId, String originJti) {
    revoked.put(entry(Kind.SIGN_IN, poolId, "originJti", originJti), true);
  }

  /**
   * Revokes the tokens of a user, or of a machine, that were issued before a moment. {@code iat} is
   * in whole seconds: a token of the very second of {@code issuedBefore} is revoked, too, unless
   * that second had just begun. A token without {@code iat} is revoked. A later moment replaces an
   * earlier one, never the other way round.
   *
   * @param subject the {@code sub}
   * @param issuedBefore not in the future
   */
  public void revokeUser(String poolId, String subject, Instant issuedBefore) {
    if (issuedBefore.isAfter(clock.instant())) {
      throw new IllegalArgumentException("issuedBefore '" + issuedBefore + "': is in the future");
    }
    Entry entry = entry(Kind.USER, poolId, "subject", subject);
    var unused = users.asMap().merge(entry, issuedBefore, (a, b) -> a.isAfter(b) ? a : b);
  }

  private static Entry entry(Kind kind, String poolId, String field, String id) {
    return new Entry(kind, Checks.text("poolId", poolId), Checks.text(field, id));
  }

  @Override
  public boolean isRevoked(VerifiedToken token) {
    String poolId = token.userPool().id();
    return has(Kind.TOKEN, poolId, token.jti().orElse(null))
        || has(Kind.SIGN_IN, poolId, token.originJti().orElse(null))
        || isUserRevoked(poolId, token);
  }

  private boolean has(Kind kind, String poolId, @Nullable String id) {
    return id != null && revoked.getIfPresent(new Entry(kind, poolId, id)) != null;
  }

  private boolean isUserRevoked(String poolId, VerifiedToken token) {
    Instant before = users.getIfPresent(new Entry(Kind.USER, poolId, token.subject()));
    return before != null && token.issuedAt().map(at -> at.isBefore(before)).orElse(true);
  }

  /** How many entries there are, about. */
  public long size() {
    revoked.cleanUp();
    users.cleanUp();
    return revoked.estimatedSize() + users.estimatedSize();
  }

  /** Builds an {@link InMemoryRevocationList}. */
  public static final class Builder {
    /** Validators may accept a token that long after its {@code exp}. */
    static final Duration MAX_SKEW = Duration.ofMinutes(5);

    Duration tokenLifetime = Duration.ofHours(24);
    InstantSource clock = InstantSource.system();
    LongSupplier nanoTime = System::nanoTime;

    private Builder() {}

    /**
     * The longest that the pool's access and ID tokens live, 5 minutes to 24 hours, which are the
     * bounds of Cognito (source: developer guide, app client token expiration). Default: 24 hours.
     */
    public Builder tokenLifetime(Duration lifetime) {
      tokenLifetime =
          Checks.duration("tokenLifetime", lifetime, Duration.ofMinutes(5), Duration.ofHours(24));
      return this;
    }

    /** Wall time, to refuse moments in the future. Default: the system's. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** Elapsed time, by which entries age. */
    Builder nanoTime(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      return this;
    }

    /** The list, empty. */
    public InMemoryRevocationList build() {
      return new InMemoryRevocationList(this);
    }
  }
}
