package io.github.twinpool.token;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;

/**
 * A token as it is serialized: texts only, so that reading it back goes through the parser and the
 * types of claims that all tokens go through.
 *
 * @param access an access token, else an ID token
 * @param claims a JSON object
 */
record SerializedToken(boolean access, UserPool pool, String issuer, IssuerType type, String claims)
    implements Serializable {
  private Object readResolve() throws InvalidObjectException {
    try {
      Claims read = new Claims(StrictJson.object(claims));
      if (!issuer.equals(read.requiredText("iss"))
          || !read.requiredText("token_use").equals(access ? "access" : "id")) {
        throw new InvalidObjectException("the claims are of another token");
      }
      Origin origin = new Origin(pool, issuer, type);
      return access ? new AccessToken(origin, read) : new IdToken(origin, read);
    } catch (IOException | RuntimeException e) { // Whatever is in a forged stream; may quote it.
      throw new InvalidObjectException("not the claims of a token");
    }
  }

  @Override
  public String toString() {
    return "SerializedToken";
  }
}
