package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SRP, for tests that go where amazon-cognito-identity-js does not. */
final class SrpClient {
  static final BigInteger N = Srp.N;

  private final BigInteger a;

  SrpClient() {
    a = new BigInteger(1024, new SecureRandom());
  }

  String publicA() {
    return BigInteger.TWO.modPow(a, N).toString(16);
  }

  /** The responses to a PASSWORD_VERIFIER challenge. */
  Map<String, String> prove(
      Map<String, String> challenge, String realm, String user, String password, Instant now) {
    String timestamp = timestamp(now);
    byte[] block = Base64.getDecoder().decode(challenge.get("SECRET_BLOCK"));
    byte[] key = key(challenge, realm, user, password);
    byte[] signature =
        hmac(key, realm.getBytes(UTF_8), user.getBytes(UTF_8), block, timestamp.getBytes(UTF_8));
    Map<String, String> responses = new LinkedHashMap<>();
    responses.put("USERNAME", challenge.get("USERNAME"));
    responses.put("PASSWORD_CLAIM_SECRET_BLOCK", challenge.get("SECRET_BLOCK"));
    responses.put("PASSWORD_CLAIM_SIGNATURE", Base64.getEncoder().encodeToString(signature));
    responses.put("TIMESTAMP", timestamp);
    return responses;
  }

  static String timestamp(Instant time) {
    return DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.US)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }

  private byte[] key(Map<String, String> challenge, String realm, String user, String password) {
    BigInteger b = new BigInteger(challenge.get("SRP_B"), 16);
    BigInteger k = number(hash(padded(N), padded(BigInteger.TWO)));
    BigInteger u = number(hash(padded(BigInteger.TWO.modPow(a, N)), padded(b)));
    byte[] identity = hash((realm + user + ":" + password).getBytes(UTF_8));
    BigInteger x = number(hash(padded(new BigInteger(challenge.get("SALT"), 16)), identity));
    BigInteger base = b.subtract(k.multiply(BigInteger.TWO.modPow(x, N))).mod(N);
    BigInteger s = base.modPow(a.add(u.multiply(x)), N);
    byte[] extracted = hmac(padded(u), padded(s));
    return Arrays.copyOf(hmac(extracted, "Caldera Derived Key\u0001".getBytes(UTF_8)), 16);
  }

  /** Hexadecimal of even length, with a zero before what would look negative. */
  private static byte[] padded(BigInteger number) {
    String hex = number.toString(16);
    String even = hex.length() % 2 == 0 ? hex : "0" + hex;
    return HexFormat.of().parseHex(even.charAt(0) >= '8' ? "00" + even : even);
  }

  private static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static byte[] hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A device's secret as ConfirmDevice takes it: salt and verifier, both in Base64. */
  static Map<String, String> deviceVerifier(String group, String key, String password) {
    byte[] salt = {0x7A, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    byte[] identity = hash((group + key + ":" + password).getBytes(UTF_8));
    BigInteger x = number(hash(salt, identity));
    byte[] verifier = padded(BigInteger.TWO.modPow(x, N));
    Base64.Encoder base64 = Base64.getEncoder();
    return Map.of("salt", base64.encodeToString(salt), "verifier", base64.encodeToString(verifier));
  }
}
