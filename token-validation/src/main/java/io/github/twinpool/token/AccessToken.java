package io.github.twinpool.token;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/** A good access token: what a user, or a machine, may do. Immutable. */
public final class AccessToken extends VerifiedToken {
  private static final long serialVersionUID = 1L;

  private final transient String clientId;
  private final transient Optional<String> username;
  private final transient Set<String> scopes;
  private final transient List<String> audience;
  private final transient Optional<String> deviceKey;

  AccessToken(Origin origin, Claims claims) {
    super(origin, claims);
    clientId = claims.requiredText("client_id");
    username = claims.text("username");
    scopes = split(claims.text("scope").orElse(""));
    audience = claims.textOrTexts("aud");
    deviceKey = claims.text("device_key");
  }

  private static Set<String> split(String scope) {
    StringTokenizer words = new StringTokenizer(scope, " ");
    Set<String> scopes = new LinkedHashSet<>();
    while (words.hasMoreTokens()) {
      scopes.add(words.nextToken());
    }
    return Collections.unmodifiableSet(scopes);
  }

  /** {@code client_id}. */
  @Override
  public String clientId() {
    return clientId;
  }

  /** {@code username}. */
  @Override
  public Optional<String> username() {
    return username;
  }

  /** {@code scope}, taken apart, in the token's order; unmodifiable. */
  public Set<String> scopes() {
    return scopes;
  }

  /** {@code aud}: only in tokens that are bound to a resource, never in machine tokens. */
  public List<String> audience() {
    return audience;
  }

  /** {@code device_key}. */
  public Optional<String> deviceKey() {
    return deviceKey;
  }

  /**
   * Whether a machine got it with its client credentials: such tokens name no user (source: Cognito
   * developer guide, access token claims).
   */
  public boolean isMachine() {
    return username.isEmpty();
  }
}
