package io.github.twinpool.emulator.internal.tls;

import io.github.twinpool.emulator.internal.tls.CertificateAuthority.Issued;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an emulator shows to those who connect by TLS, and what a client must trust. Immutable and
 * thread-safe.
 */
public final class ServerCertificates {
  /** A name that no server has, in the part of DNS that is reserved for tests. */
  private static final String WRONG_NAME = "another-server.example.test";

  private final X509Certificate authority;
  private final TrustManager[] trustManagers;
  private final SSLContext client;

  /** One for each, so that no session that began with one is taken up with another. */
  private final Map<Shown, SSLContext> servers = new EnumMap<>(Shown.class);

  /** What a server shows. */
  public enum Shown {
    /** Of the authority that clients trust, for the name that they asked for. */
    GOOD,
    /** Of the authority that clients trust, for another name. */
    WRONG_NAME,
    /** For the right name, of an authority that no client knows. */
    UNTRUSTED
  }

  /**
   * Makes keys and certificates, which takes some milliseconds, for this machine and these hosts.
   */
  public ServerCertificates(List<String> hosts, SecureRandom random) {
    List<String> names = new ArrayList<>(List.of("localhost"));
    names.addAll(hosts);
    CertificateAuthority trusted = new CertificateAuthority("Twinpool emulator, for tests", random);
    CertificateAuthority stranger = new CertificateAuthority("An unknown authority", random);
    authority = trusted.certificate();
    try {
      trustManagers = trusting(authority);
      client = context(null, trustManagers, random);
      servers.put(Shown.GOOD, serving(trusted.issue(names, true), random));
      servers.put(Shown.WRONG_NAME, serving(trusted.issue(List.of(WRONG_NAME), false), random));
      servers.put(Shown.UNTRUSTED, serving(stranger.issue(names, true), random));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot serve TLS", e);
    }
  }

  /** Whom clients must trust. */
  public X509Certificate authority() {
    return authority;
  }

  /** Trust {@link #authority()} only. */
  public TrustManager[] trustManagers() {
    return trustManagers.clone();
  }

  /** For clients, with {@link #trustManagers()}. */
  public SSLContext client() {
    return client;
  }

  /** For servers that show this. */
  public SSLContext server(Shown shown) {
    return Objects.requireNonNull(servers.get(shown));
  }

  private static TrustManager[] trusting(X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static SSLContext serving(Issued issued, SecureRandom random)
      throws GeneralSecurityException, IOException {
    char[] password = "in memory only".toCharArray();
    KeyStore store = emptyStore();
    X509Certificate[] chain = issued.chain().toArray(X509Certificate[]::new);
    store.setKeyEntry("server", issued.key(), password, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return context(factory, null, random);
  }

  private static SSLContext context(
      @Nullable KeyManagerFactory keys, TrustManager @Nullable [] trust, SecureRandom random)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust, random);
    return context;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
