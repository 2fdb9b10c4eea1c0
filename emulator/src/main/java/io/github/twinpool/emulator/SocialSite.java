package io.github.twinpool.emulator;

import java.net.URI;

/**
 * Where a social provider's endpoints are in the real world, which is what the API describes. The
 * emulator asks the same paths of the provider's counterpart on this machine. (Source: API
 * reference, CreateIdentityProvider.)
 *
 * @param issuer of its ID tokens, or empty if it has none
 * @param tokenByGet whether codes are exchanged by a query instead of a form
 * @param attributes where its users are described, or empty
 * @param addsAttributes whether the names of the mapped attributes follow that address
 * @param keys where the keys of its ID tokens are, or empty
 */
record SocialSite(
    String issuer,
    String authorize,
    String token,
    boolean tokenByGet,
    String attributes,
    boolean addsAttributes,
    String keys) {
  /** What Facebook's API has where no version is configured. */
  static final String FACEBOOK_VERSION = "v17.0";

  /**
   * A provider's endpoints.
   *
   * @param version of Facebook's API; the others have none
   */
  static SocialSite of(SocialProvider provider, String version) {
    return switch (provider) {
      case GOOGLE ->
          new SocialSite(
              "https://accounts.google.com",
              "https://accounts.google.com/o/oauth2/v2/auth",
              "https://www.googleapis.com/oauth2/v4/token",
              false,
              "https://people.googleapis.com/v1/people/me?personFields=",
              true,
              "https://www.googleapis.com/oauth2/v3/certs");
      case FACEBOOK ->
          new SocialSite(
              "",
              "https://www.facebook.com/" + version + "/dialog/oauth",
              "https://graph.facebook.com/" + version + "/oauth/access_token",
              true,
              "https://graph.facebook.com/" + version + "/me?fields=",
              true,
              "");
      case AMAZON ->
          new SocialSite(
              "",
              "https://www.amazon.com/ap/oa",
              "https://api.amazon.com/auth/o2/token",
              false,
              "https://api.amazon.com/user/profile",
              false,
              "");
      case APPLE ->
          new SocialSite(
              "https://appleid.apple.com",
              "https://appleid.apple.com/auth/authorize",
              "https://appleid.apple.com/auth/token",
              false,
              "",
              false,
              "https://appleid.apple.com/auth/keys");
    };
  }

  /** The same path and query at a counterpart. */
  static String at(URI counterpart, String url) {
    URI real = URI.create(url);
    String query = real.getRawQuery() == null ? "" : "?" + real.getRawQuery();
    return counterpart + real.getRawPath() + query;
  }

  static String path(String url) {
    return URI.create(url).getRawPath();
  }
}
