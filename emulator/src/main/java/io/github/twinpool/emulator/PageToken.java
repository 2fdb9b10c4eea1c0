package io.github.twinpool.emulator;

import io.github.twinpool.emulator.Assumptions.Unpublished;

/** Where the next page of a list begins, sealed. */
final class PageToken {
  private PageToken() {}

  /**
   * Seals where a page has ended.
   *
   * @param list which list, for instance {@code users-page}
   * @param scope what else must be the same on the next page
   */
  static String seal(Call call, Pool pool, String list, String scope, String last) {
    return seal(call, pool.keys().sealer(), list, scope, last);
  }

  /** The same, of a list that is no pool's. */
  static String seal(Call call, Sealer sealer, String list, String scope, String last) {
    return sealer.seal(
        list,
        WireJson.object().put("after", last).put("filter", scope).put("by", call.role().name()));
  }

  /**
   * Where the page begins. A token is good for the same list in the same Region: the latter is an
   * assumption.
   *
   * @throws WireError an InvalidParameterException
   */
  static String open(Call call, Pool pool, String list, String scope, String token) {
    return open(call, pool.keys().sealer(), list, scope, token);
  }

  /** The same, of a list that is no pool's. */
  static String open(Call call, Sealer sealer, String list, String scope, String token) {
    return sealer
        .open(list, token)
        .filter(content -> content.path("filter").asText().equals(scope))
        .filter(
            content ->
                call.cognito().assumptions().hold(Unpublished.PAGE_TOKENS_PORTABLE)
                    || content.path("by").asText().equals(call.role().name()))
        .map(content -> content.path("after").asText())
        .orElseThrow(() -> WireError.invalidParameter("Invalid pagination token given."));
  }
}
