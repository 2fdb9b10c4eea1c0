package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * A list that is answered page by page, with MaxResults and NextToken.
 *
 * @param list what its page tokens are for
 * @param member what the answer calls it
 */
record Pages<V>(
    String list, String member, Function<V, String> key, Function<V, ObjectNode> shown) {

  /** Finds what comes after a key. */
  @FunctionalInterface
  interface Source<V> {
    List<V> after(String key, int limit);
  }

  /** The page of a pool's list that a request names. */
  ObjectNode answer(Call call, Pool pool, int largest, Source<V> source) {
    return answer(call, pool.keys().sealer(), largest, source);
  }

  /** The page that a request names. */
  ObjectNode answer(Call call, Sealer sealer, int largest, Source<V> source) {
    int asked = call.request().number("MaxResults").orElse(largest);
    int limit = asked == 0 ? largest : asked;
    String after =
        call.request()
            .text("NextToken")
            .map(token -> PageToken.open(call, sealer, list, "", token))
            .orElse("");
    List<V> found = source.after(after, limit + 1);
    ObjectNode answer = WireJson.object();
    ArrayNode page = answer.putArray(member);
    found.stream().limit(limit).map(shown).forEach(page::add);
    if (found.size() > limit) {
      String last = key.apply(found.get(limit - 1));
      answer.put("NextToken", PageToken.seal(call, sealer, list, "", last));
    }
    return answer;
  }
}
