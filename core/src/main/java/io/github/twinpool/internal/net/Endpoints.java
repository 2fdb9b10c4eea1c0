package io.github.twinpool.internal.net;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for every address that Twinpool sends something to: {@code https} anywhere, {@code
 * http} only to this machine, and no user in the address.
 *
 * <p>This machine is {@code localhost}, {@code 127.0.0.0/8} as four decimal numbers, and {@code
 * [::1]}. Everything else is refused, also what some resolvers take for this machine: {@code
 * 0.0.0.0}, IPv4 in an IPv6 address, short, octal, hexadecimal or decimal addresses, and names
 * below or beside {@code localhost}. They mean different hosts to different programs.
 */
public final class Endpoints {
  /** 0 to 255 without leading zeros, which some programs read as octal. */
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i:localhost)|127(\\." + BYTE + "){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private Endpoints() {}

  /**
   * What is wrong with an address; null if nothing is. The text has no part of the address: what
   * stands before an {@code @} may be a password, and a query may be a signature.
   */
  public static @Nullable String objection(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      return "must have a scheme and a host, and no user";
    }
    return isSafe(address) ? null : "must be https; http is for loopback addresses only";
  }

  /**
   * Returns an address that keeps to the rule.
   *
   * @throws IllegalArgumentException if it does not, with the field and without its secrets
   */
  public static URI checked(String field, URI address) {
    String objection = objection(address);
    if (objection != null) {
      throw new IllegalArgumentException(field + " '" + shown(address) + "': " + objection);
    }
    return address;
  }

  /** The same for an address that is a host and nothing more. */
  public static @Nullable String objectionToHost(URI address) {
    String objection = objection(address);
    boolean more =
        !(address.getRawPath() == null || address.getRawPath().matches("/?"))
            || address.getRawQuery() != null
            || address.getRawFragment() != null;
    return objection == null && more ? "must have no path, query or fragment" : objection;
  }

  /** Whether what goes to an address is encrypted, or stays on this machine. */
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    if (host == null || address.getRawUserInfo() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(address.getScheme())
        || ("http".equalsIgnoreCase(address.getScheme()) && isLoopback(host));
  }

  /** Whether a host, spelled as {@link URI#getHost} does, is this machine. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /** An address for people to read, without what stands before an {@code @} and its query. */
  public static String shown(URI address) {
    return address.toString().replaceFirst("//[^/?#]*@", "//").replaceFirst("\\?[^#]*", "?…");
  }
}
