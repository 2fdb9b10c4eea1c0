package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What the OAuth 2.0 clients and the sign-in cannot do without. Never shows a value. */
final class RequiredProperties {
  private RequiredProperties() {}

  static String text(String property, @Nullable String value, String what) {
    if (value == null || value.isBlank()) {
      throw new InvalidTwinpoolPropertyException(property, "is missing. It is " + what, null);
    }
    return value;
  }

  /** A secret that may be missing, but not be empty. */
  static @Nullable String optional(String property, @Nullable String value, String what) {
    return value == null ? null : text(property, value, what);
  }

  /** Every Region needs a host, to fail over to it. */
  static void requireDomain(UserPool pool) {
    if (pool.domain(RegionRole.PRIMARY).isEmpty()) {
      throw new InvalidTwinpoolPropertyException(
          "twinpool.domain",
          "is missing. It is the prefix or the custom host of the pool's domain, which OAuth 2.0"
              + " needs",
          null);
    }
    if (pool.roles().contains(RegionRole.SECONDARY)
        && pool.domain(RegionRole.SECONDARY).isEmpty()) {
      throw new InvalidTwinpoolPropertyException(
          "twinpool.endpoints.secondary-domain",
          "is missing: the primary Region's domain has an address, and this one has none",
          null);
    }
  }

  /** Keys in Base64. */
  static List<SecretKey> keys(String property, List<String> encoded) {
    List<SecretKey> keys = new ArrayList<>();
    for (String each : encoded) {
      byte[] key;
      try {
        key = Base64.getDecoder().decode(each.strip());
      } catch (IllegalArgumentException e) {
        key = new byte[0]; // Its message would show a part of the key.
      }
      if (key.length != 32) {
        throw new InvalidTwinpoolPropertyException(
            property, "each wants 256 bits in Base64, as 'openssl rand -base64 32' makes", null);
      }
      keys.add(new SecretKeySpec(key, "AES"));
    }
    return keys;
  }
}
