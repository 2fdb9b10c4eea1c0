package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;

/**
 * Where the domains of a pool answer, for tests in other languages: {@code GET
 * /_twinpool/domains/{poolId}}, of either Region. Like all of the emulator it can be reached from
 * this machine only.
 */
final class DomainsPage {
  static final String PATH = "/_twinpool/domains/";

  private DomainsPage() {}

  /**
   * The hosts of a pool's domains, which listen from now on.
   *
   * @throws WireError with status 404 for an unknown pool, a LimitExceededException
   */
  static ObjectNode at(EmulatedCognito cognito, String path) {
    Pool pool =
        cognito
            .pool(path.substring(PATH.length()))
            .orElseThrow(() -> WireError.notFound("There is nothing at this path."));
    Domains.Hosts hosts = cognito.domains().hosts();
    ObjectNode answer = WireJson.object();
    hosts
        .prefix(pool.id(), RegionRole.PRIMARY)
        .ifPresent(host -> answer.put("primary", host.toString()));
    hosts
        .prefix(pool.id(), RegionRole.SECONDARY)
        .ifPresent(host -> answer.put("secondary", host.toString()));
    hosts.custom(pool.id()).ifPresent(host -> answer.put("custom", host.toString()));
    return answer;
  }
}
