package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An SRP exchange on the wire, for passwords and devices alike. What the server must know again
 * travels in the SECRET_BLOCK, which is good for one proof.
 */
final class SrpExchange {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,770}");
  private static final int LONGEST = 8_192;

  /** Cognito's format. "uuuu" for the year, since "yyyy" wants an era when it is read. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' uuuu", Locale.US);

  /** How wrong a client's clock may be: an assumption, AWS has not published it. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private SrpExchange() {}

  /**
   * Reads a client's SRP_A.
   *
   * @throws WireError an InvalidParameterException for what is no number, is too long, or would let
   *     anybody in
   */
  static BigInteger publicA(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw WireError.invalidParameter("SRP_A is not a hexadecimal number of at most 3072 bits.");
    }
    BigInteger publicA = new BigInteger(hex, 16);
    if (publicA.mod(Srp.N).signum() == 0) {
      throw WireError.invalidParameter("SRP_A mod N cannot be 0.");
    }
    return publicA;
  }

  /** The parameters of a challenge that wants a proof, without those that say whose. */
  static ObjectNode offer(
      SignInAttempt attempt,
      String challenge,
      Srp.Verifier verifier,
      BigInteger publicA,
      ObjectNode data) {
    Srp.Offer offer = Srp.offer(verifier, publicA, attempt.call().cognito().random());
    String block = attempt.state(data.put("key", offer.key())).seal(attempt.pool(), of(challenge));
    return WireJson.object()
        .put("SALT", verifier.salt().toString(16))
        .put("SRP_B", offer.publicB())
        .put("SECRET_BLOCK", Base64.getEncoder().encodeToString(block.getBytes(UTF_8)))
        .put("USERNAME", attempt.username());
  }

  private static String of(String challenge) {
    return "secret block " + challenge;
  }

  /**
   * An answer with a proof.
   *
   * @throws WireError if it lacks something, or its secret block is not good for it
   */
  static ChallengeAnswer open(Call call, AppClient client, String challenge) {
    String responses = "ChallengeResponses";
    String block = call.request().requiredEntry(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
    call.request().requiredEntry(responses, "PASSWORD_CLAIM_SIGNATURE");
    call.request().requiredEntry(responses, "TIMESTAMP");
    return ChallengeAnswer.open(call, client, of(challenge), new String(decoded(block), UTF_8));
  }

  /**
   * Whether the answer proves to know the password behind the verifier.
   *
   * @param realm the pool's name, or the device's group
   * @param user the name that the client hashed
   * @throws WireError an InvalidParameterException for a timestamp in another format
   */
  static boolean proves(ChallengeAnswer answer, String realm, String user) {
    String timestamp = answer.required("TIMESTAMP");
    boolean recent = isRecent(timestamp, answer.attempt().call().now());
    byte[] key = Base64.getDecoder().decode(answer.data().path("key").asText());
    byte[] block = decoded(answer.required("PASSWORD_CLAIM_SECRET_BLOCK"));
    byte[] expected = Srp.signature(key, realm, user, block, timestamp);
    byte[] claimed = decoded(answer.required("PASSWORD_CLAIM_SIGNATURE"));
    return MessageDigest.isEqual(expected, claimed) && recent;
  }

  private static boolean isRecent(String timestamp, Instant now) {
    Instant claimed;
    try {
      claimed =
          LocalDateTime.parse(timestamp.length() > 40 ? "" : timestamp, TIMESTAMP)
              .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw WireError.invalidParameter(
          "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
    }
    return Duration.between(claimed, now).abs().compareTo(CLOCK_DIFFERENCE) <= 0;
  }

  /** What is no Base64, or far too long, is nobody's: it fails later as anything wrong does. */
  private static byte[] decoded(String base64) {
    try {
      return base64.length() > LONGEST ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
