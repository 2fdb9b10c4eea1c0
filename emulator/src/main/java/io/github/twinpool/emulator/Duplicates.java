package io.github.twinpool.emulator;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds requests with side effects that were processed more than once, in whichever Region. A
 * request is known by {@code x-twinpool-request-id}, which a test may set, or else by {@code
 * amz-sdk-invocation-id}, which AWS SDKs repeat when they retry. Remembers the last {@value
 * #REMEMBERED}. Thread-safe.
 */
final class Duplicates {
  private static final int REMEMBERED = 100_000;

  /** Reads by their name that are none. */
  private static final Set<String> NOT_A_READ =
      Set.of("GetTokensFromRefreshToken", "GetClientToken", "GetUserAttributeVerificationCode");

  private static final Pattern READ = Pattern.compile("(Admin)?(Get|List|Describe)\\w*");
  private static final int LONGEST_ID = 100;

  private final Map<String, Boolean> seen = new BoundedMap<>(REMEMBERED);

  /** Whether this operation was processed before for the same request; remembers that it is now. */
  synchronized boolean repeats(String operation, Map<String, String> lowerCaseHeaders) {
    String identity =
        lowerCaseHeaders.getOrDefault(
            "x-twinpool-request-id", lowerCaseHeaders.get("amz-sdk-invocation-id"));
    if (identity == null || !hasSideEffects(operation)) {
      return false;
    }
    String key = identity.substring(0, Math.min(identity.length(), LONGEST_ID));
    return seen.put(operation + " " + key, true) != null;
  }

  private static boolean hasSideEffects(String operation) {
    return NOT_A_READ.contains(operation) || !READ.matcher(operation).matches();
  }
}
