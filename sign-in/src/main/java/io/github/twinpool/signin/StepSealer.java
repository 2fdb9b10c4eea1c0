package io.github.twinpool.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * Seals steps. A step opens for the pool and the app client that it was sealed for, until it
 * expires. No password is among what is sealed: a {@link Pending} has none, and its device stays
 * behind.
 */
final class StepSealer {
  private final SealedBox box;
  private final String poolId;
  private final String clientId;
  private final InstantSource clock;

  /**
   * @param keys the first one seals, all open
   */
  StepSealer(List<SecretKey> keys, String poolId, String clientId, InstantSource clock) {
    box = new SealedBox(keys, "twinpool-step");
    this.poolId = poolId;
    this.clientId = clientId;
    this.clock = clock;
  }

  String seal(Pending pending) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pool", poolId);
    content.put("client", clientId);
    content.put("exp", pending.expiresAt().toEpochMilli());
    content.put("challenge", pending.challenge());
    content.put("username", pending.username());
    content.put("parameters", pending.parameters());
    content.put("choices", pending.choices());
    content.put("admin", pending.person().admin());
    content.put("metadata", pending.person().metadata());
    if (pending.session() != null) {
      content.put("session", pending.session());
    }
    return box.seal(content);
  }

  /**
   * The step that was sealed.
   *
   * @throws SealedStepException if it is none of ours, or expired
   */
  Pending open(String sealed) {
    Map<String, Object> content = box.open(sealed).orElseThrow(StepSealer::notOurs);
    try {
      if (!poolId.equals(JSONObjectUtils.getString(content, "pool"))
          || !clientId.equals(JSONObjectUtils.getString(content, "client"))) {
        throw notOurs();
      }
      Pending pending = pending(content);
      if (!clock.instant().isBefore(pending.expiresAt())) {
        throw new SealedStepException("The sealed step has expired", true);
      }
      return pending;
    } catch (ParseException e) {
      throw notOurs();
    }
  }

  private static Pending pending(Map<String, Object> content) throws ParseException {
    Person person =
        new Person(
            JSONObjectUtils.getBoolean(content, "admin"),
            null,
            texts(JSONObjectUtils.getJSONObject(content, "metadata")),
            null);
    return new Pending(
        JSONObjectUtils.getString(content, "challenge"),
        JSONObjectUtils.getString(content, "session"),
        JSONObjectUtils.getString(content, "username"),
        texts(JSONObjectUtils.getJSONObject(content, "parameters")),
        JSONObjectUtils.getStringList(content, "choices"),
        Instant.ofEpochMilli(JSONObjectUtils.getLong(content, "exp")),
        person);
  }

  private static Map<String, String> texts(Map<String, Object> object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static SealedStepException notOurs() {
    return new SealedStepException("Not a step that was sealed for this app client", false);
  }

  @Override
  public String toString() {
    return "StepSealer[…]";
  }
}
