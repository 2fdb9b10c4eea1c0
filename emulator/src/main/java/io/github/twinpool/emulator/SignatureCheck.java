package io.github.twinpool.emulator;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the emulator asks of SigV4: the header is there where AWS credentials are needed, well
 * formed, and scoped to this Region and to cognito-idp. The signature's value is <em>not</em>
 * verified, since the emulator knows no secret keys: any credentials will do.
 */
final class SignatureCheck {
  private static final Set<String> UNSIGNED = Set.copyOf(DataFile.lines("unsigned-operations.txt"));
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256) +Credential=[^/,\\s]+/[0-9]{8}/([^/,\\s]+)/([^/,\\s]+)/aws4_request,"
              + " *SignedHeaders=[^,\\s]+, *Signature=[0-9a-fA-F]+ *");

  private final String region;

  SignatureCheck(String region) {
    this.region = region;
  }

  /**
   * Refuses a request whose operation needs AWS credentials and that does not carry them.
   *
   * @throws WireError as the service's front end words it
   */
  void check(String operation, Map<String, String> lowerCaseHeaders) {
    if (UNSIGNED.contains(operation)) {
      return;
    }
    String header = lowerCaseHeaders.get("authorization");
    if (header == null || header.isBlank()) {
      throw WireError.of("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) {
      throw WireError.of(
          "IncompleteSignatureException",
          "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.");
    }
    if (!parts.group(1).equals(region)) {
      throw WireError.of(
          "InvalidSignatureException", "Credential should be scoped to a valid region.");
    }
    if (!parts.group(2).equals("cognito-idp")) {
      throw WireError.of(
          "InvalidSignatureException",
          "Credential should be scoped to correct service: 'cognito-idp'.");
    }
  }
}
