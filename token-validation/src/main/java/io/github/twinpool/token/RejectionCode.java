package io.github.twinpool.token;

/**
 * Why a token was refused. Names and HTTP statuses are stable: dashboards and tests may rest on
 * them. 401 asks the client for another token; 403 says that this user's tokens will not do.
 */
public enum RejectionCode {
  /** Longer than the validator's {@code maxTokenLength}. */
  TOKEN_TOO_LARGE(401, "the token is too long"),
  /** Not three non-empty parts with dots between them. */
  NOT_A_JWT(401, "the token has not three parts"),
  /** A part is not base64url in its only right spelling: no padding, no stray bits. */
  BAD_BASE64(401, "a part is not strict base64url"),
  /** Header or claims are not one strict JSON object in UTF-8 with distinct names. */
  BAD_JSON(401, "header or claims are not a strict JSON object"),
  /** {@code alg} is not exactly {@code RS256}. */
  ALGORITHM_NOT_ALLOWED(401, "the algorithm is not RS256"),
  /** The header has a parameter that would change how the token is verified. */
  HEADER_NOT_ALLOWED(401, "the header has a parameter that is not allowed"),
  /** The header names no key. */
  KEY_ID_MISSING(401, "the header names no key"),
  /** {@code iss} is missing, or not one of the trusted pools' issuers. */
  ISSUER_NOT_TRUSTED(401, "the issuer is not trusted"),
  /** A source of the pool's keys has answered, and the token's key is not among them. */
  UNKNOWN_KEY(401, "the pool has no such key"),
  /** The signature was not made by the key that the header names. */
  SIGNATURE_INVALID(401, "the signature is wrong"),
  /** A claim that every token of this kind has is not there. */
  CLAIM_MISSING(401, "a claim is missing"),
  /** A claim has a type or a range that it cannot have. */
  CLAIM_MALFORMED(401, "a claim has the wrong type or range"),
  /** {@code exp} has come. */
  EXPIRED(401, "the token has expired"),
  /** {@code nbf} has not come yet. */
  NOT_YET_VALID(401, "the token is not valid yet"),
  /** {@code iat} is later than clocks that run apart can explain. */
  ISSUED_IN_FUTURE(401, "the token was issued in the future"),
  /** An ID token where an access token was asked for, the other way round, or something else. */
  WRONG_TOKEN_USE(401, "the token is for another use"),
  /** Issued to an app client that the validator does not accept. */
  WRONG_CLIENT(401, "the token is for another app client"),
  /** Not bound to the resource that the validator guards. */
  WRONG_AUDIENCE(401, "the token is for another audience"),
  /** The ID token does not answer this request for one. */
  WRONG_NONCE(401, "the nonce is wrong"),
  /** The validator's list of revoked tokens has it, its sign-in, or its user. */
  REVOKED(401, "the token is revoked"),
  /** One of the application's own checks refused it. */
  CHECK_FAILED(401, "a check of the application failed"),
  /** A required scope is not granted. */
  SCOPE_MISSING(403, "a required scope is missing"),
  /** The user is in none of the required groups. */
  GROUP_MISSING(403, "the user is in none of the required groups");

  private final int httpStatus;
  private final String text;

  RejectionCode(int httpStatus, String text) {
    this.httpStatus = httpStatus;
    this.text = text;
  }

  /** The HTTP status for a client that sent such a token. */
  public int httpStatus() {
    return httpStatus;
  }

  String text() {
    return text;
  }
}
