package io.github.twinpool.examples;

import io.github.twinpool.signin.TokenSession;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in, by the random ID in a browser's cookie. When there are too many, who was not
 * seen for longest has to sign in again. In memory: several servers would share a store.
 * Thread-safe.
 */
final class WebSessions {
  private static final int ID_BYTES = 32;

  private final SecureRandom random;
  private final Map<String, Person> people;

  /** Somebody signed in, with tokens that stay fresh. */
  record Person(String name, TokenSession tokens) {}

  WebSessions(SecureRandom random, int most) {
    this.random = random;
    this.people =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Person> eldest) {
            return size() > most;
          }
        };
  }

  /** The ID of a new session. An old one is never taken over, so nobody can plant theirs. */
  synchronized String begin(Person person) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    people.put(id, person);
    return id;
  }

  synchronized Optional<Person> find(String id) {
    return Optional.ofNullable(people.get(id));
  }

  synchronized Optional<Person> end(String id) {
    return Optional.ofNullable(people.remove(id));
  }
}
