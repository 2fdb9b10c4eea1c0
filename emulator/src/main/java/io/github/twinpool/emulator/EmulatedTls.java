package io.github.twinpool.emulator;

import io.github.twinpool.emulator.internal.tls.ServerCertificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What a client needs to trust an emulator that speaks HTTPS. Each emulator has an authority of its
 * own, made at its start; its key never leaves the memory. Thread-safe.
 */
public final class EmulatedTls {
  private final ServerCertificates certificates;

  EmulatedTls(ServerCertificates certificates) {
    this.certificates = certificates;
  }

  /** The certificate of the authority that issued the servers' certificates. */
  public X509Certificate authority() {
    return certificates.authority();
  }

  /** {@link #authority()} in the form that most programs in other languages read. */
  public String authorityPem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(authority().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was decoded before", e);
    }
  }

  /**
   * They trust {@link #authority()} only: {@code emulator.tls()::trustManagers} is the {@code
   * TlsTrustManagersProvider} that the HTTP clients of the AWS SDK take.
   */
  public TrustManager[] trustManagers() {
    return certificates.trustManagers();
  }

  /** For clients such as {@link java.net.http.HttpClient}: it trusts {@link #authority()} only. */
  public SSLContext sslContext() {
    return certificates.client();
  }

  @Override
  public String toString() {
    return "TLS with certificates of " + authority().getSubjectX500Principal();
  }
}
