package io.github.twinpool.emulator.internal.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Issues certificates for servers on loopback (RFC 5280, elliptic curve P-256). Only clients that
 * were told to trust it do. The JDK can read certificates and has no public API that makes them.
 */
final class CertificateAuthority {
  /**
   * Long enough for every clock that a test sets, and the most that a UTCTime can say: they live
   * for as long as one emulator and its memory.
   */
  private static final LocalDateTime NOT_BEFORE = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final LocalDateTime NOT_AFTER = LocalDateTime.of(2049, 12, 31, 0, 0);
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] LOOPBACK_V4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final SecureRandom random;
  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /** A server's key with its certificate and its issuer's. */
  record Issued(PrivateKey key, List<X509Certificate> chain) {}

  /** An authority with keys of its own. */
  CertificateAuthority(String name, SecureRandom random) {
    this.name = name;
    this.random = random;
    this.keys = freshKeys(random);
    this.certificate =
        sign(
            name,
            keys.getPublic(),
            List.of(
                critical("2.5.29.19", Der.sequence(Der.yes())), // basicConstraints: CA
                critical("2.5.29.15", Der.bits(2, (byte) 0x04)))); // keyUsage: keyCertSign
  }

  X509Certificate certificate() {
    return certificate;
  }

  /**
   * A certificate for these names.
   *
   * @param loopback whether for this machine's addresses, too
   */
  Issued issue(List<String> names, boolean loopback) {
    List<byte[]> alternatives = new ArrayList<>();
    for (String it : names) {
      alternatives.add(Der.tagged(0x82, it.getBytes(StandardCharsets.US_ASCII)));
    }
    if (loopback) {
      alternatives.add(Der.tagged(0x87, LOOPBACK_V4));
      alternatives.add(Der.tagged(0x87, LOOPBACK_V6));
    }
    KeyPair server = freshKeys(random);
    X509Certificate leaf =
        sign(
            names.get(0),
            server.getPublic(),
            List.of(
                extension("2.5.29.17", Der.sequence(alternatives.toArray(byte[][]::new))),
                critical("2.5.29.15", Der.bits(7, (byte) 0x80)), // keyUsage: digitalSignature
                extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")))));
    return new Issued(server.getPrivate(), List.of(leaf, certificate));
  }

  private static KeyPair freshKeys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no P-256 keys", e);
    }
  }

  private X509Certificate sign(String subject, PublicKey key, List<byte[]> extensions) {
    List<byte[]> all = new ArrayList<>(extensions);
    // Some verifiers, Python's among them, insist on both.
    all.add(extension("2.5.29.14", Der.octets(keyId(key))));
    all.add(extension("2.5.29.35", Der.sequence(Der.tagged(0x80, keyId(keys.getPublic())))));
    byte[] content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)), // version 3
            Der.integer(new BigInteger(64, random).add(BigInteger.ONE)),
            ECDSA_WITH_SHA256,
            commonName(name),
            Der.sequence(Der.utcTime(NOT_BEFORE), Der.utcTime(NOT_AFTER)),
            commonName(subject),
            key.getEncoded(),
            Der.tagged(0xa3, Der.sequence(all.toArray(byte[][]::new))));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate(), random);
      signature.update(content);
      byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate of " + subject + " cannot be made", e);
    }
  }

  private static byte[] commonName(String text) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(text))));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value));
  }

  private static byte[] keyId(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Arrays.copyOf(hash, 20);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
