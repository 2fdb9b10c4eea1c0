package io.github.twinpool.emulator;

import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A user's attributes are changed, and new addresses get a code. */
final class AttributeUpdates {
  private AttributeUpdates() {}

  /**
   * Changes attributes, except for an address that the pool must see verified before: it waits for
   * VerifyUserAttribute, unless an administrator says that it is verified. (Source: API reference,
   * UserAttributeUpdateSettingsType, AdminUpdateUserAttributes.)
   *
   * @return where codes were sent to
   * @throws WireError an InvalidParameterException
   */
  static List<CodeDelivery> apply(
      Call call, Pool pool, UserRecord before, Map<String, String> changes) {
    PoolSettings settings = pool.settings(call.role());
    AttributeRules rules = AttributeRules.of(settings.schema());
    Map<String, String> waiting = new LinkedHashMap<>();
    UserRecord after =
        pool.update(
            before.username(),
            user -> {
              Map<String, String> all = rules.forUpdate(user, changes);
              waiting.putAll(waiting(settings, user, all));
              Map<String, String> now = new LinkedHashMap<>(all);
              for (String name : waiting.keySet()) {
                now.remove(name);
                now.remove(name + "_verified");
              }
              return user.withAttributes(now, call.now());
            });
    return sendCodes(call, pool, before, after, waiting);
  }

  private static Map<String, String> waiting(
      PoolSettings settings, UserRecord user, Map<String, String> changes) {
    Map<String, String> waiting = new LinkedHashMap<>();
    for (String name : settings.verifiedBeforeUpdate()) {
      String value = changes.getOrDefault(name, "");
      boolean isNew = !value.isEmpty() && !value.equals(user.attribute(name));
      if (isNew && !"true".equals(changes.get(name + "_verified"))) {
        waiting.put(name, value);
      }
    }
    return waiting;
  }

  /** To new addresses, as far as the pool verifies them and an administrator did not. */
  private static List<CodeDelivery> sendCodes(
      Call call, Pool pool, UserRecord before, UserRecord after, Map<String, String> waiting) {
    List<CodeDelivery> sent = new ArrayList<>();
    for (String name : pool.settings(call.role()).autoVerified()) {
      boolean waits = waiting.containsKey(name);
      String address = waiting.getOrDefault(name, after.attribute(name));
      boolean changed =
          !address.equals(before.attribute(name))
              && !after.attribute(name + "_verified").equals("true");
      if (!address.isEmpty() && (waits || changed)) {
        CodeDelivery delivery = CodeDelivery.toAddress(name, address);
        pool.outbox()
            .send(
                Purpose.ATTRIBUTE_VERIFICATION, after, delivery, address, call.role(), call.now());
        sent.add(delivery);
      }
    }
    return sent;
  }
}
