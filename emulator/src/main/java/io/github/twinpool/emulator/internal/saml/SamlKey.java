package io.github.twinpool.emulator.internal.saml;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** An RSA key with a certificate that it signed itself. Immutable. */
public final class SamlKey {
  private static final int BITS = 2048;

  /** As Cognito's are valid. (Source: developer guide, SAML signing and encryption.) */
  private static final Duration TEN_YEARS = Duration.ofDays(3_652);

  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  private SamlKey(PrivateKey privateKey, X509Certificate certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  /** A new key, which takes some tenths of a second. */
  public static SamlKey fresh(SecureRandom random, String commonName, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, random);
      KeyPair pair = generator.generateKeyPair();
      byte[] encoded =
          SelfSigned.certificate(
              pair, commonName, now.minus(Duration.ofDays(1)), now.plus(TEN_YEARS), random);
      return new SamlKey(pair.getPrivate(), read(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** What reads what this key's certificate encrypts. */
  public PrivateKey privateKey() {
    return privateKey;
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** The certificate as SAML and Cognito write it: Base64 in one line. */
  public String certificateText() {
    return text(certificate);
  }

  static String text(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /**
   * A certificate from its Base64, with or without the lines that PEM puts around it.
   *
   * @throws SamlRefusal for anything else
   */
  public static X509Certificate certificate(String text) {
    try {
      String base64 = text.replaceAll("-----(BEGIN|END) CERTIFICATE-----|\\s", "");
      return read(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException | CertificateException e) {
      throw SamlRefusal.of("A certificate cannot be read.");
    }
  }

  private static X509Certificate read(byte[] encoded) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  @Override
  public String toString() {
    return "SamlKey[…]";
  }
}
