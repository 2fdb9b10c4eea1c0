package io.github.twinpool.examples;

import io.github.twinpool.UserPool;
import java.util.List;

/**
 * What both clients are configured with.
 *
 * @param users who sign in, by turns
 * @param password the password of all of them
 */
record Application(UserPool pool, String clientId, List<String> users, String password) {
  Application {
    users = List.copyOf(users);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "app client " + clientId + " of " + pool;
  }
}
