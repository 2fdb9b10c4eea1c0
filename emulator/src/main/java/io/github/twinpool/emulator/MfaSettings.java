package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's second factors. Immutable.
 *
 * @param enabled the ones that are switched on
 * @param preferred the one that is asked for, if several could be
 * @param totp the verified secret, in Base32
 * @param pendingTotp a secret that waits to be verified
 */
record MfaSettings(
    Set<MfaType> enabled,
    @Nullable MfaType preferred,
    @Nullable String totp,
    @Nullable String pendingTotp) {
  static final MfaSettings NONE = new MfaSettings(Set.of(), null, null, null);

  MfaSettings {
    enabled = Set.copyOf(enabled);
  }

  Optional<String> secret() {
    return Optional.ofNullable(totp);
  }

  Optional<String> pendingSecret() {
    return Optional.ofNullable(pendingTotp);
  }

  MfaSettings withPending(String secret) {
    return new MfaSettings(enabled, preferred, totp, secret);
  }

  MfaSettings withVerified(String secret) {
    return new MfaSettings(enabled, preferred, secret, null);
  }

  MfaSettings with(MfaType type, boolean on, boolean prefer) {
    Set<MfaType> changed = EnumSet.noneOf(MfaType.class);
    changed.addAll(enabled);
    if (on) {
      changed.add(type);
    } else {
      changed.remove(type);
    }
    MfaType first = prefer ? type : preferred == type ? null : preferred;
    return new MfaSettings(changed, first, totp, pendingTotp);
  }

  /** Adds what GetUser and its like say of second factors. */
  void describe(ObjectNode answer) {
    if (preferred != null) {
      answer.put("PreferredMfaSetting", preferred.name());
    }
    if (!enabled.isEmpty()) {
      ArrayNode list = answer.putArray("UserMFASettingList");
      for (MfaType type : MfaType.values()) {
        if (enabled.contains(type)) {
          list.add(type.name());
        }
      }
    }
  }

  @Override
  public String toString() {
    return "MfaSettings" + enabled;
  }
}
