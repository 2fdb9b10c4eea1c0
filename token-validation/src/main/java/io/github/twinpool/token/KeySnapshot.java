package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pool's keys as a file keeps them, so that a process that starts during an outage of every
 * source still validates. Who can write such a file can make tokens: it says which pool and which
 * issuers it is for, and {@link OwnedFile} says who may have written it.
 *
 * @param keys the keys that the sources had
 * @param fetchedAt when they were fetched, on the wall clock
 */
record KeySnapshot(List<SigningKey> keys, Instant fetchedAt) {
  private static final long VERSION = 1;

  /** The snapshot as a JSON document: a key set (RFC 7517) with members of its own. */
  byte[] toJson(String poolId, Set<String> issuers) {
    List<Object> entries = new ArrayList<>();
    for (SigningKey key : keys) {
      entries.add(
          new RSAKey.Builder(key.publicKey()).keyID(key.id()).build().toPublicJWK().toJSONObject());
    }
    return JSONObjectUtils.toJSONString(
            Map.of(
                "twinpool", VERSION,
                "userPool", poolId,
                "issuers", List.copyOf(issuers),
                "fetchedAt", fetchedAt.getEpochSecond(),
                "keys", entries))
        .getBytes(UTF_8);
  }

  /**
   * Reads a snapshot.
   *
   * @throws KeySourceException if it is none, or for another pool or other issuers
   */
  static KeySnapshot parse(byte[] document, String poolId, Set<String> issuers) {
    List<SigningKey> keys = Jwks.parse(document).keys();
    Map<String, @Nullable Object> members;
    try {
      members = StrictJson.object(document);
    } catch (IOException notJson) {
      throw new KeySourceException(Reason.MALFORMED, "not a strict JSON object");
    }
    if (!Long.valueOf(VERSION).equals(members.get("twinpool"))
        || !(members.get("fetchedAt") instanceof Long fetchedAt)
        || fetchedAt < 0
        || fetchedAt > Instant.MAX.getEpochSecond()) {
      throw new KeySourceException(Reason.MALFORMED, "not a snapshot of this version");
    }
    if (!poolId.equals(members.get("userPool"))) {
      throw new KeySourceException(Reason.NOT_TRUSTED, "for another user pool");
    }
    if (!(members.get("issuers") instanceof List<?> list) || !issuers.equals(new HashSet<>(list))) {
      throw new KeySourceException(Reason.NOT_TRUSTED, "for other issuers");
    }
    return new KeySnapshot(keys, Instant.ofEpochSecond(fetchedAt));
  }

  /**
   * How old the keys are.
   *
   * @throws KeySourceException if they are from the future, or too old to be used
   */
  Duration age(Instant now, Duration max) {
    if (fetchedAt.isAfter(now)) {
      throw new KeySourceException(Reason.NOT_TRUSTED, "from the future");
    }
    Duration age = Duration.between(fetchedAt, now);
    if (age.compareTo(max) >= 0) {
      throw new KeySourceException(Reason.NOT_TRUSTED, "too old");
    }
    return age;
  }
}
