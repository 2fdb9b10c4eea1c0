package io.github.twinpool.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** In a real browser, whose rules of cookies, redirects and forms are not ours. */
@Tag("slow")
class WebLoginInChromiumTest extends WebLoginScenarios {
  @Override
  WebBrowser browser() throws IOException {
    Optional<Chromium> chromium = Chromium.start();
    assumeTrue(chromium.isPresent(), "chromium and chromedriver are not installed");
    return chromium.orElseThrow();
  }
}
