package io.github.twinpool.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was in a {@link SealedBox}: genuine, and yet another version may have sealed it. So each
 * method fails with a {@link ParseException} if there is no such member of that type.
 */
record SealedContent(Map<String, Object> members) {

  String text(String name) throws ParseException {
    return required(name, JSONObjectUtils.getString(members, name));
  }

  @Nullable String textOrNull(String name) throws ParseException {
    return JSONObjectUtils.getString(members, name);
  }

  boolean flag(String name) throws ParseException {
    return JSONObjectUtils.getBoolean(members, name);
  }

  Instant time(String name) throws ParseException {
    return Instant.ofEpochMilli(JSONObjectUtils.getLong(members, name));
  }

  List<String> list(String name) throws ParseException {
    List<String> texts = required(name, JSONObjectUtils.getStringList(members, name));
    if (texts.stream().anyMatch(Objects::isNull)) {
      throw new ParseException(name, 0);
    }
    return texts;
  }

  Map<String, String> texts(String name) throws ParseException {
    Map<String, Object> object = required(name, JSONObjectUtils.getJSONObject(members, name));
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private static <T> T required(String name, @Nullable T value) throws ParseException {
    if (value == null) {
      throw new ParseException(name, 0);
    }
    return value;
  }

  @Override
  public String toString() {
    return "SealedContent[…]";
  }
}
