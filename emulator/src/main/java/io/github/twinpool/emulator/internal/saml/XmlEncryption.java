package io.github.twinpool.emulator.internal.saml;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.w3c.dom.Element;

/**
 * Encrypted assertions: AES in CBC or GCM mode under a key that RSA-OAEP carries. RSA with PKCS #1
 * padding is refused, because its errors tell too much. (Source: XML Encryption 1.1.)
 */
final class XmlEncryption {
  private static final String ENC = "http://www.w3.org/2001/04/xmlenc#";
  private static final String ENC11 = "http://www.w3.org/2009/xmlenc11#";
  private static final String ELEMENT = ENC + "Element";
  private static final String AES256_GCM = ENC11 + "aes256-gcm";
  private static final String OAEP_MGF1 = ENC + "rsa-oaep-mgf1p";
  private static final String OAEP = ENC11 + "rsa-oaep";

  private static final int TAG_BITS = 128;
  private static final int GCM_NONCE = 12;
  private static final int BLOCK = 16;

  /** The length of the key in bytes, by the algorithm's name. */
  private static final Map<String, Integer> KEY_BYTES =
      Map.of(
          ENC + "aes128-cbc",
          16,
          ENC + "aes192-cbc",
          24,
          ENC + "aes256-cbc",
          32,
          ENC11 + "aes128-gcm",
          16,
          ENC11 + "aes192-gcm",
          24,
          AES256_GCM,
          32);

  private static final Map<String, String> DIGESTS =
      Map.of(
          "http://www.w3.org/2000/09/xmldsig#sha1",
          "SHA-1",
          ENC + "sha256",
          "SHA-256",
          ENC + "sha512",
          "SHA-512");

  private static final Map<String, String> MASKS =
      Map.of(
          ENC11 + "mgf1sha1", "SHA-1",
          ENC11 + "mgf1sha256", "SHA-256",
          ENC11 + "mgf1sha512", "SHA-512");

  private XmlEncryption() {}

  /**
   * The assertion that an EncryptedAssertion holds.
   *
   * @throws SamlRefusal with one text for whatever is wrong with the encryption
   */
  static Element decrypted(Element encrypted, PrivateKey key) {
    Element data = SamlXml.required(encrypted, ENC, "EncryptedData");
    byte[] plain;
    try {
      byte[] secret = secret(encryptedKey(encrypted, data), key);
      plain = content(data, secret);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable();
    }
    return SamlXml.root(SamlXml.parse(plain), SamlXml.ASSERTION, "Assertion");
  }

  /** It stands in the data's KeyInfo or beside the data. */
  private static Element encryptedKey(Element encrypted, Element data) {
    Optional<Element> inside =
        SamlXml.child(data, SamlXml.SIGNATURE, "KeyInfo")
            .flatMap(info -> SamlXml.child(info, ENC, "EncryptedKey"));
    return inside
        .or(() -> SamlXml.child(encrypted, ENC, "EncryptedKey"))
        .orElseThrow(XmlEncryption::unreadable);
  }

  private static byte[] secret(Element encryptedKey, PrivateKey key)
      throws GeneralSecurityException {
    Element method = SamlXml.required(encryptedKey, ENC, "EncryptionMethod");
    String algorithm = method.getAttributeNS(null, "Algorithm");
    if (!algorithm.equals(OAEP_MGF1) && !algorithm.equals(OAEP)) {
      throw unreadable();
    }
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        key,
        oaep(
            named(method, SamlXml.SIGNATURE, "DigestMethod", DIGESTS),
            algorithm.equals(OAEP) ? named(method, ENC11, "MGF", MASKS) : "SHA-1"));
    return cipher.doFinal(cipherValue(encryptedKey));
  }

  private static String named(
      Element method, String namespace, String name, Map<String, String> names) {
    return SamlXml.child(method, namespace, name)
        .map(element -> element.getAttributeNS(null, "Algorithm"))
        .map(algorithm -> Optional.ofNullable(names.get(algorithm)))
        .orElse(Optional.of("SHA-1"))
        .orElseThrow(XmlEncryption::unreadable);
  }

  private static OAEPParameterSpec oaep(String digest, String mask) {
    return new OAEPParameterSpec(
        digest, "MGF1", new MGF1ParameterSpec(mask), PSource.PSpecified.DEFAULT);
  }

  private static byte[] content(Element data, byte[] secret) throws GeneralSecurityException {
    String algorithm =
        SamlXml.required(data, ENC, "EncryptionMethod").getAttributeNS(null, "Algorithm");
    byte[] bytes = cipherValue(data);
    if (secret.length != KEY_BYTES.getOrDefault(algorithm, -1)) {
      throw unreadable();
    }
    if (algorithm.startsWith(ENC11)) {
      return aes("AES/GCM/NoPadding", secret, bytes, GCM_NONCE);
    }
    byte[] padded = aes("AES/CBC/NoPadding", secret, bytes, BLOCK);
    int padding = padded.length == 0 ? 0 : padded[padded.length - 1];
    if (padding < 1 || padding > BLOCK || padding > padded.length) {
      throw unreadable();
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }

  private static byte[] aes(String mode, byte[] secret, byte[] bytes, int start)
      throws GeneralSecurityException {
    if (bytes.length < start) {
      throw unreadable();
    }
    AlgorithmParameterSpec parameters =
        mode.contains("GCM")
            ? new GCMParameterSpec(TAG_BITS, bytes, 0, start)
            : new IvParameterSpec(bytes, 0, start);
    Cipher cipher = Cipher.getInstance(mode);
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret, "AES"), parameters);
    return cipher.doFinal(bytes, start, bytes.length - start);
  }

  private static byte[] cipherValue(Element parent) {
    Element data = SamlXml.required(parent, ENC, "CipherData");
    return Base64.getMimeDecoder().decode(SamlXml.text(SamlXml.required(data, ENC, "CipherValue")));
  }

  private static SamlRefusal unreadable() {
    return SamlRefusal.of("The assertion cannot be decrypted.");
  }

  /** An EncryptedAssertion that only the owner of a key can read. */
  static String encrypted(String assertion, PublicKey key, SecureRandom random) {
    byte[] secret = new byte[32];
    byte[] nonce = new byte[GCM_NONCE];
    random.nextBytes(secret);
    random.nextBytes(nonce);
    try {
      Cipher content = Cipher.getInstance("AES/GCM/NoPadding");
      content.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      byte[] hidden = content.doFinal(SamlXml.bytes(assertion));
      Cipher carrier = Cipher.getInstance("RSA/ECB/OAEPPadding");
      carrier.init(Cipher.ENCRYPT_MODE, key, oaep("SHA-1", "SHA-1"));
      return "<saml:EncryptedAssertion xmlns:saml=\""
          + SamlXml.ASSERTION
          + "\"><xenc:EncryptedData xmlns:xenc=\""
          + ENC
          + "\" Type=\""
          + ELEMENT
          + "\"><xenc:EncryptionMethod Algorithm=\""
          + AES256_GCM
          + "\"/><ds:KeyInfo xmlns:ds=\""
          + SamlXml.SIGNATURE
          + "\"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\""
          + OAEP_MGF1
          + "\"/>"
          + value(List.of(carrier.doFinal(secret)))
          + "</xenc:EncryptedKey></ds:KeyInfo>"
          + value(List.of(nonce, hidden))
          + "</xenc:EncryptedData></saml:EncryptedAssertion>";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES and RSA", e);
    }
  }

  private static String value(List<byte[]> parts) {
    int length = parts.stream().mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return "<xenc:CipherData><xenc:CipherValue>"
        + Base64.getEncoder().encodeToString(all)
        + "</xenc:CipherValue></xenc:CipherData>";
  }
}
