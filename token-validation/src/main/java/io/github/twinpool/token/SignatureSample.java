package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * Something signed that is known to be signed well; the private key was thrown away.
 *
 * @param key signed it
 * @param signed what was signed
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record SignatureSample(SigningKey key, byte[] signed, byte[] signature) {
  private static final String MODULUS =
      "qX-HbsVS2jYSGm-AB3AgM3Uk37NFEuahHPH7_qAY3is--WNzYvdSvq5jHYvzgElqxwvp2ntruQxsx7Mk"
          + "oMvzkNKAbUrEO2BGB-JlgY74IoXulDW-9BuUXvcMKPysgyGKay_RBVOZdQwsjQITQJ7K4g2GmFn4FtZg"
          + "4fQlt0CeylG4y24X2fuXfExour-Oq2s5Anyn_o3kNMWRYM3ahBUWAIRBfuH8ufTC0_Hgqwra_erZYSVv"
          + "ou7L0QIkcuqlrfv2mgrYgb5VB4YCR2Fg28fl0dUNzKrp7orUbbMAWVrOk-cIVTdrQXFTUtNVET9tpP-F"
          + "YiNK7o3BqqGFH1dftrd1dQ";
  private static final String SIGNATURE =
      "LVNHBsK7v7ttS4MqzAM7MSomCz4YfGx1RZ1q1pCsz0oUKora7pYvRimm2sYTCeLmtfY2NgPqQ20mqBhu"
          + "02qH24Ex38TWEkWFKL0oQJZb_Rw5UVigPvMiAqMzo9tAZWWuLPt-VBAHID88ssFj-je1xUu69nv4uboC"
          + "9LjHWhY_X3p6SZkW0y-Sh4qpOdLjipBjjl48HiFkqnnLqhZ_7Iw2ZilYyB3PkX5E4ztrCal9SqJAcPPw"
          + "LshJvxURucRbz4IbF32gRZ2mqj7biVMH_3loxFxRHYTambbuKw4wKBNgIy0_ybWqnKd7Mn5YPkHolH-n"
          + "gUlcs_EYx83qUwyont94uQ";

  static SignatureSample rs256() {
    try {
      Base64.Decoder base64 = Base64.getUrlDecoder();
      BigInteger modulus = new BigInteger(1, base64.decode(MODULUS));
      RSAPublicKeySpec numbers = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
      RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(numbers);
      return new SignatureSample(
          new SigningKey("sample", key), "twinpool".getBytes(US_ASCII), base64.decode(SIGNATURE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no RSA", e);
    }
  }
}
