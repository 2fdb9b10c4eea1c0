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
  private final String cookieName;
  private final String cookieAttributes;
  private final Map<String, Person> people;

  /** Somebody signed in, with tokens that stay fresh. */
  record Person(String name, TokenSession tokens) {}

  /**
   * No sessions yet.
   *
   * @param https whether browsers come by HTTPS: then no other host can set the cookie
   */
  WebSessions(SecureRandom random, int most, boolean https) {
    this.random = random;
    cookieName = https ? "__Host-session" : "session";
    cookieAttributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
    people =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Person> eldest) {
            return size() > most;
          }
        };
  }

  String cookieName() {
    return cookieName;
  }

  /**
   * Begins a session, with a new ID, so that nobody can plant theirs.
   *
   * @return a {@code Set-Cookie} header
   */
  synchronized String begin(Person person) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    people.put(id, person);
    return cookieName + "=" + id + cookieAttributes;
  }

  synchronized Optional<Person> find(String id) {
    return Optional.ofNullable(people.get(id));
  }

  /** A {@code Set-Cookie} header that removes the cookie. */
  String removeCookie() {
    return cookieName + "=; Max-Age=0" + cookieAttributes;
  }

  synchronized Optional<Person> end(String id) {
    return Optional.ofNullable(people.remove(id));
  }
}
