package io.github.twinpool.token;

import io.github.twinpool.internal.net.Endpoints;
import java.net.URI;
import java.time.Duration;

/** What the values of a builder must keep to. Each method returns the value it has found good. */
final class Checks {
  private Checks() {}

  static String text(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " '" + value + "': is blank");
    }
    return value;
  }

  static Duration duration(String field, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(field + " '" + value + "': wants " + min + " to " + max);
    }
    return value;
  }

  static int number(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(field + " '" + value + "': wants " + min + " to " + max);
    }
    return value;
  }

  static URI keySource(URI uri) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      // Not the value: what stands before an @ may be a password.
      throw new IllegalArgumentException(
          "keySource '" + uri.getScheme() + "://…': wants a host, no user and no fragment");
    }
    String objection = Endpoints.objection(uri);
    if (objection != null) {
      throw new IllegalArgumentException("keySource '" + withoutQuery(uri) + "': " + objection);
    }
    return uri;
  }

  /** An address for people to read: the query of a signed URL is a secret. */
  static String withoutQuery(URI uri) {
    String text = uri.toString();
    return uri.getRawQuery() == null ? text : text.substring(0, text.indexOf('?')) + "?…";
  }
}
