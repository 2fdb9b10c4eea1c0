package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.DomainFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which Region answers at the hosts of a domain, and what outages do to them. */
class DomainFailoverTest {
  private DomainFixture fixture = new DomainFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void answers(URI domain, RegionRole role) {
    EmulatedRegion region = fixture.emulator.region(role);
    long before = region.calls("oauth2/token");
    refused(fixture.post(domain, "/oauth2/token", Map.of(), null), 400, "invalid_request");
    assertThat(region.calls("oauth2/token")).isEqualTo(before + 1);
  }

  private int status(URI domain) {
    return fixture.post(domain, "/oauth2/token", Map.of(), null).status();
  }

  @Test
  void the_custom_domain_follows_the_health_check_and_prefix_hosts_stay() {
    answers(fixture.emulator.customDomain(), RegionRole.PRIMARY);
    fixture.emulator.domainHealth(false);
    answers(fixture.emulator.customDomain(), RegionRole.SECONDARY);
    answers(fixture.domain(RegionRole.PRIMARY), RegionRole.PRIMARY);
    answers(fixture.domain(RegionRole.SECONDARY), RegionRole.SECONDARY);
    fixture.emulator.domainHealth(true);
    answers(fixture.emulator.customDomain(), RegionRole.PRIMARY);
  }

  @Test
  void the_primarys_prefix_host_follows_if_the_builder_says_so() {
    fixture.close();
    fixture = new DomainFixture(builder -> builder.domainFailover(true));
    fixture.emulator.domainHealth(false);
    answers(fixture.domain(RegionRole.PRIMARY), RegionRole.SECONDARY);
    answers(fixture.domain(RegionRole.SECONDARY), RegionRole.SECONDARY);
    fixture.emulator.domainHealth(true);
    answers(fixture.domain(RegionRole.PRIMARY), RegionRole.PRIMARY);
  }

  @Test
  void an_outage_of_a_region_hits_its_domain_and_the_custom_domain_while_it_answers_there() {
    fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
    assertThat(status(fixture.domain(RegionRole.PRIMARY))).isEqualTo(500);
    assertThat(status(fixture.emulator.customDomain())).isEqualTo(500);
    assertThat(status(fixture.domain(RegionRole.SECONDARY))).isEqualTo(400);

    fixture.emulator.domainHealth(false);
    assertThat(status(fixture.emulator.customDomain())).isEqualTo(400);
    fixture.emulator.domainHealth(true);
    assertThat(status(fixture.emulator.customDomain())).isEqualTo(500);
    fixture.emulator.region(RegionRole.PRIMARY).recover();
    assertThat(status(fixture.emulator.customDomain())).isEqualTo(400);
  }

  @Test
  void a_domain_can_have_an_outage_of_its_own_which_goes_before_the_regions() {
    EmulatedRegion primary = fixture.emulator.region(RegionRole.PRIMARY);
    primary.domainOutage(Outage.serviceUnavailable());
    assertThat(status(fixture.domain(RegionRole.PRIMARY))).isEqualTo(503);
    assertThat(fixture.raw.get(fixture.emulator.userPool().jwksUri(RegionRole.PRIMARY)).status())
        .isEqualTo(200);

    primary.outage(Outage.internalErrors());
    assertThat(status(fixture.domain(RegionRole.PRIMARY))).isEqualTo(503);
    primary.domainOutage(Outage.none());
    assertThat(status(fixture.domain(RegionRole.PRIMARY))).isEqualTo(500);
    primary.recover();
    assertThat(status(fixture.domain(RegionRole.PRIMARY))).isEqualTo(400);
  }

  @Test
  void when_the_sign_in_plane_hangs_so_do_the_posts_of_the_domain() {
    fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.signInPlaneHang());
    URI domain = fixture.domain(RegionRole.PRIMARY);
    assertThat(fixture.authorize(fixture.asking()).status()).isEqualTo(302);
    HttpRequest impatient =
        HttpRequest.newBuilder(domain.resolve("/oauth2/token"))
            .timeout(Duration.ofMillis(300))
            .POST(BodyPublishers.ofString("x"))
            .build();
    assertThatThrownBy(() -> fixture.raw.send(impatient)).isInstanceOf(UncheckedIOException.class);
    assertThat(fixture.emulator.region(RegionRole.PRIMARY).calls("oauth2/token")).isZero();
  }

  @Test
  void a_replica_that_is_not_active_serves_no_domain() {
    fixture.close();
    fixture = new DomainFixture(builder -> builder.replicaStatus(ReplicaStatus.INACTIVE));
    URI domain = fixture.domain(RegionRole.SECONDARY);
    refused(fixture.post(domain, "/oauth2/token", Map.of(), null), 400, "invalid_request");
    Browser.Page page = fixture.browser.get(DomainFixture.authorize(domain, fixture.asking()));
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.html()).contains("invalid_request");
  }
}
