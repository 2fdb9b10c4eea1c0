package io.github.twinpool.token;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in their order. Unmodifiable. Names and values in one array: a cache
 * holds these by the hundred thousand, and a hash table would take three times the room. Looking up
 * is linear in a number of members that the parser bounds.
 */
final class JsonObject extends AbstractMap<String, @Nullable Object> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROOM = 32;

  private final transient @Nullable Object[] members;

  private JsonObject(@Nullable Object[] members) {
    this.members = members;
  }

  /** A map of the JDK's: who reads it need not have this class. */
  private Object writeReplace() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(this));
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int at = indexOf(name);
    return at < 0 ? null : members[at + 1];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; name != null && i < members.length; i += 2) {
      if (name.equals(members[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return members.length / 2;
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return JsonObject.this.size();
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < members.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
          if (!hasNext() || !(members[next] instanceof String name)) {
            throw new NoSuchElementException();
          }
          Object value = members[next + 1];
          next += 2;
          return new SimpleImmutableEntry<String, @Nullable Object>(name, value);
        }
      };
    }
  }

  /** Collects the members of one object, whose names must be distinct. */
  static final class Builder {
    private @Nullable Object[] members = new Object[ROOM];
    private int length;

    void add(String name, @Nullable Object value) {
      if (length == members.length) {
        members = Arrays.copyOf(members, 2 * length);
      }
      members[length++] = name;
      members[length++] = value;
    }

    JsonObject build() {
      return new JsonObject(Arrays.copyOf(members, length));
    }
  }
}
