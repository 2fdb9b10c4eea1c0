package io.github.twinpool.signin;

import io.github.twinpool.signin.Person.DeviceUse;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

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
    content.put("deviceUse", pending.person().deviceUse().name());
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
  Pending open(@Nullable String sealed) {
    SealedContent content = box.open(sealed).orElseThrow(StepSealer::notOurs);
    try {
      if (!poolId.equals(content.text("pool")) || !clientId.equals(content.text("client"))) {
        throw notOurs();
      }
      Pending pending = pending(content);
      if (!clock.instant().isBefore(pending.expiresAt())) {
        throw new SealedStepException("The sealed step has expired", true);
      }
      return pending;
    } catch (ParseException | IllegalArgumentException e) {
      throw notOurs();
    }
  }

  private static Pending pending(SealedContent content) throws ParseException {
    String deviceUse = content.textOrNull("deviceUse");
    Person person =
        new Person(
            content.flag("admin"),
            null,
            deviceUse == null ? DeviceUse.NAMED : DeviceUse.valueOf(deviceUse),
            content.texts("metadata"),
            null);
    return new Pending(
        content.text("challenge"),
        content.textOrNull("session"),
        content.text("username"),
        content.texts("parameters"),
        content.list("choices"),
        content.time("exp"),
        person);
  }

  private static SealedStepException notOurs() {
    return new SealedStepException("Not a step that was sealed for this app client", false);
  }

  @Override
  public String toString() {
    return "StepSealer[…]";
  }
}
