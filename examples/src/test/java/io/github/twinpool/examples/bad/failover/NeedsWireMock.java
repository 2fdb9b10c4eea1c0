package io.github.twinpool.examples.bad.failover;

import com.github.tomakehurst.wiremock.WireMockServer;

public interface NeedsWireMock {
  WireMockServer server();
}
