package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A user at one moment. Immutable: every change makes a new one, which is what replicates.
 *
 * @param attributes without {@code sub}, in the order in which they were given
 */
record UserRecord(
    String username,
    String sub,
    StoredPassword password,
    UserStatus status,
    boolean enabled,
    Map<String, String> attributes,
    MfaSettings mfa,
    NavigableSet<String> groups,
    Instant created,
    Instant modified) {

  UserRecord {
    Map<String, String> kept = new LinkedHashMap<>(attributes);
    kept.values().removeIf(String::isEmpty);
    attributes = Collections.unmodifiableMap(kept);
    groups = Collections.unmodifiableNavigableSet(new TreeSet<>(groups));
  }

  /** A new user, without second factors and groups. */
  static UserRecord fresh(
      String username,
      String sub,
      StoredPassword password,
      UserStatus status,
      Map<String, String> attributes,
      Instant now) {
    return new UserRecord(
        username,
        sub,
        password,
        status,
        true,
        attributes,
        MfaSettings.NONE,
        new TreeSet<>(),
        now,
        now);
  }

  UserRecord withPassword(StoredPassword newPassword, UserStatus newStatus, Instant now) {
    return new UserRecord(
        username, sub, newPassword, newStatus, enabled, attributes, mfa, groups, created, now);
  }

  UserRecord withStatus(UserStatus newStatus, Instant now) {
    return new UserRecord(
        username, sub, password, newStatus, enabled, attributes, mfa, groups, created, now);
  }

  UserRecord withEnabled(boolean newEnabled, Instant now) {
    return new UserRecord(
        username, sub, password, status, newEnabled, attributes, mfa, groups, created, now);
  }

  UserRecord withMfa(MfaSettings newMfa, Instant now) {
    return new UserRecord(
        username, sub, password, status, enabled, attributes, newMfa, groups, created, now);
  }

  UserRecord withGroup(String group, boolean in) {
    NavigableSet<String> changed = new TreeSet<>(groups);
    if (in) {
      changed.add(group);
    } else {
      changed.remove(group);
    }
    return new UserRecord(
        username, sub, password, status, enabled, attributes, mfa, changed, created, modified);
  }

  /** With these attributes changed or added; an empty value removes one, as in Cognito. */
  UserRecord withAttributes(Map<String, String> changes, Instant now) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    changed.putAll(changes);
    return new UserRecord(
        username, sub, password, status, enabled, changed, mfa, groups, created, now);
  }

  /** An attribute as filters and answers see it, or the empty string. */
  String attribute(String name) {
    return switch (name) {
      case "sub" -> sub;
      case "username" -> username;
      default -> attributes.getOrDefault(name, "");
    };
  }

  /** The attributes as the service lists them, {@code sub} among them. */
  ArrayNode describeAttributes() {
    return describeAttributes(name -> true);
  }

  /** Those of the attributes that are to be seen, and {@code sub}. */
  ArrayNode describeAttributes(Predicate<String> seen) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    attributes.forEach(
        (name, value) -> {
          if (seen.test(name)) {
            list.addObject().put("Name", name).put("Value", value);
          }
        });
    list.addObject().put("Name", "sub").put("Value", sub);
    return list;
  }
}
