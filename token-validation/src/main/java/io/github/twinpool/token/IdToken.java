package io.github.twinpool.token;

import java.util.Optional;

/** A good ID token: who the user is. Immutable. Not meant to authorize calls of an API. */
public final class IdToken extends VerifiedToken {
  private static final long serialVersionUID = 1L;

  private final transient String clientId;
  private final transient Optional<String> username;
  private final transient Optional<String> email;
  private final transient Optional<String> nonce;

  IdToken(Origin origin, Claims claims) {
    super(origin, claims);
    clientId = claims.requiredText("aud");
    username = claims.text("cognito:username");
    email = claims.text("email");
    nonce = claims.text("nonce");
  }

  /** {@code aud}, which in Cognito's ID tokens is one app client. */
  @Override
  public String clientId() {
    return clientId;
  }

  /** {@code cognito:username}. */
  @Override
  public Optional<String> username() {
    return username;
  }

  /** {@code email}. Whether it was verified, {@code email_verified} among the claims says. */
  public Optional<String> email() {
    return email;
  }

  /** {@code nonce}, as the request for the token had it. */
  public Optional<String> nonce() {
    return nonce;
  }
}
