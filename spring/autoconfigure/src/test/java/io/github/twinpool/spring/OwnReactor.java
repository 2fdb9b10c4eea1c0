package io.github.twinpool.spring;

import org.springframework.http.client.ReactorResourceFactory;

/** Reactor Netty's threads of one application; the global ones end with any that closes. */
final class OwnReactor {
  private OwnReactor() {}

  static ReactorResourceFactory resources() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }
}
