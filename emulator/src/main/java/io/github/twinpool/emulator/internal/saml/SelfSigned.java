package io.github.twinpool.emulator.internal.saml;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * X.509 certificates of version 3 without extensions, in DER. The JDK can read certificates and has
 * no public way to make one.
 */
final class SelfSigned {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;

  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

  /** The identifier of sha256WithRSAEncryption, with its NULL. */
  private static final byte[] SHA256_WITH_RSA =
      HexFormat.of().parseHex("300d06092a864886f70d01010b0500");

  /** From here on years have four digits. (Source: RFC 5280, 4.1.2.5.) */
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private SelfSigned() {}

  static byte[] certificate(
      KeyPair pair, String commonName, Instant notBefore, Instant notAfter, SecureRandom random)
      throws GeneralSecurityException {
    byte[] name =
        der(
            SEQUENCE,
            der(
                SET,
                der(
                    SEQUENCE,
                    COMMON_NAME,
                    der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8)))));
    byte[] content =
        der(
            SEQUENCE,
            der(VERSION, der(INTEGER, new byte[] {2})),
            der(INTEGER, new BigInteger(120, random).setBit(119).toByteArray()),
            SHA256_WITH_RSA,
            name,
            der(SEQUENCE, time(notBefore), time(notAfter)),
            name,
            pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(content);
    return der(SEQUENCE, content, SHA256_WITH_RSA, der(BIT_STRING, new byte[1], signature.sign()));
  }

  private static byte[] time(Instant time) {
    boolean shortYear = time.isBefore(YEAR_2050);
    String text =
        DateTimeFormatter.ofPattern(
                shortYear ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(time);
    return der(shortYear ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.write(tag);
    if (content.size() < 0x80) {
      encoded.write(content.size());
    } else {
      byte[] length = BigInteger.valueOf(content.size()).toByteArray();
      int zeros = length[0] == 0 ? 1 : 0;
      encoded.write(0x80 | (length.length - zeros));
      encoded.write(length, zeros, length.length - zeros);
    }
    encoded.writeBytes(content.toByteArray());
    return encoded.toByteArray();
  }
}
