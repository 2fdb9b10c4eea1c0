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
    return pool.keys()
        .sealer()
        .seal(
            list,
            WireJson.object()
                .put("after", last)
                .put("filter", scope)
                .put("by", call.role().name()));
  }

  /**
   * Where the page begins. A token is good for the same list in the same Region: the latter is an
   * assumption.
   *
   * @throws WireError an InvalidParameterException
   */
  static String open(Call call, Pool pool, String list, String scope, String token) {
    return pool.keys()
        .sealer()
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
