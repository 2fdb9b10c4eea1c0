package io.github.twinpool.emulator.internal.saml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Requests in the query of a redirect, deflated, with a signature over the query itself. (Source:
 * SAML 2.0 Bindings, 3.4.)
 */
public final class RedirectBinding {
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  /** A request that inflates to more is refused. */
  private static final int LONGEST = 100_000;

  private RedirectBinding() {}

  /**
   * The address to redirect to.
   *
   * @param key signs the request, if there is one
   */
  public static String address(
      String destination, String request, String relayState, Optional<SamlKey> key) {
    String query =
        "SAMLRequest="
            + encoded(Base64.getEncoder().encodeToString(deflated(request)))
            + "&RelayState="
            + encoded(relayState);
    if (key.isPresent()) {
      query += "&SigAlg=" + encoded(RSA_SHA256);
      query += "&Signature=" + encoded(signature(query, key.get()));
    }
    return destination + (destination.indexOf('?') < 0 ? "?" : "&") + query;
  }

  private static String signature(String query, SamlKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.privateKey());
      signature.update(SamlXml.bytes(query));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /**
   * The request that a query holds.
   *
   * @param query as it was sent, undecoded
   * @param signer whose signature it must have; if empty, none is needed and none is looked at
   * @throws SamlRefusal if there is no request, or not this signature
   */
  public static byte[] request(String query, Optional<X509Certificate> signer) {
    Map<String, String> raw = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && raw.put(parts[0], parts[1]) != null) {
        throw SamlRefusal.of("A parameter is there twice.");
      }
    }
    signer.ifPresent(certificate -> check(raw, certificate));
    try {
      byte[] deflated = Base64.getMimeDecoder().decode(decoded(raw, "SAMLRequest"));
      Inflater inflater = new Inflater(true);
      try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated), inflater)) {
        byte[] request = in.readNBytes(LONGEST + 1);
        if (request.length > LONGEST) {
          throw SamlRefusal.of("The request is too long.");
        }
        return request;
      } finally {
        inflater.end();
      }
    } catch (IllegalArgumentException | IOException e) {
      throw SamlRefusal.of("The request cannot be read.");
    }
  }

  private static void check(Map<String, String> raw, X509Certificate certificate) {
    StringBuilder signed = new StringBuilder();
    for (String name : new String[] {"SAMLRequest", "RelayState", "SigAlg"}) {
      if (raw.containsKey(name)) {
        signed.append(signed.isEmpty() ? "" : "&").append(name).append('=').append(raw.get(name));
      }
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(certificate.getPublicKey());
      signature.update(SamlXml.bytes(signed.toString()));
      if (decoded(raw, "SigAlg").equals(RSA_SHA256)
          && signature.verify(Base64.getDecoder().decode(decoded(raw, "Signature")))) {
        return;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw SamlRefusal.of("The request's signature is invalid.");
    }
    throw SamlRefusal.of("The request's signature is invalid.");
  }

  private static String decoded(Map<String, String> raw, String name) {
    return URLDecoder.decode(raw.getOrDefault(name, ""), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] deflated(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(SamlXml.bytes(text));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }
}
