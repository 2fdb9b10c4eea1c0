package io.github.twinpool.houserules.bad.failover;

import com.github.tomakehurst.wiremock.WireMockServer;

public interface NeedsWireMock {
  WireMockServer server();
}
