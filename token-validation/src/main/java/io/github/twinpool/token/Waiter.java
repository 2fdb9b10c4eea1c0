package io.github.twinpool.token;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits for a key.
 *
 * @param keyId the key's ID; empty when any key will do
 * @param tried the keys that the caller has, and that did not make the token's signature
 * @param answer where the keys go
 */
record Waiter(String keyId, List<SigningKey> tried, CompletableFuture<List<SigningKey>> answer) {
  /**
   * Answers if there is something new.
   *
   * @param here the keys with that ID
   * @param ready whether there are any keys at all
   */
  boolean answer(List<SigningKey> here, boolean ready) {
    List<SigningKey> found = new ArrayList<>(here);
    found.removeAll(tried);
    return (!found.isEmpty() || (keyId.isEmpty() && ready)) && answer.complete(found);
  }
}
