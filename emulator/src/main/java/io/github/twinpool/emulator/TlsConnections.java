package io.github.twinpool.emulator;

import io.github.twinpool.emulator.internal.tls.ServerCertificates;
import io.github.twinpool.emulator.internal.tls.ServerCertificates.Shown;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import wiremock.org.eclipse.jetty.server.ServerConnector;
import wiremock.org.eclipse.jetty.server.SslConnectionFactory;
import wiremock.org.eclipse.jetty.util.ssl.SslContextFactory;

/** Lets one server speak HTTPS, with the certificate of the moment. Thread-safe. */
final class TlsConnections {
  private final ServerCertificates certificates;
  private volatile Shown shown = Shown.GOOD;

  TlsConnections(ServerCertificates certificates) {
    this.certificates = certificates;
  }

  /** What connections that begin from now on are shown. */
  void show(Shown next) {
    shown = next;
  }

  /** Puts TLS before what a connector speaks. */
  void addTo(ServerConnector connector) {
    SslContextFactory.Server contexts =
        new SslContextFactory.Server() {
          @Override
          public SSLEngine newSSLEngine(InetSocketAddress client) {
            SSLEngine engine = certificates.server(shown).createSSLEngine();
            customize(engine);
            return engine;
          }
        };
    contexts.setSslContext(certificates.server(Shown.GOOD));
    SslConnectionFactory tls = new SslConnectionFactory(contexts, connector.getDefaultProtocol());
    // It would compare the Host header with the certificate: the client has to notice by itself.
    tls.setEnsureSecureRequestCustomizer(false);
    connector.addFirstConnectionFactory(tls);
  }
}
