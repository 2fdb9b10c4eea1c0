package io.github.twinpool.emulator;

/** What is wrong with the responses of an emulated SAML provider. May grow. */
public enum SamlFault {
  /** Nothing. */
  NONE,
  /** The assertion is signed with a key that the metadata does not name. */
  WRONG_SIGNATURE,
  /** Nothing is signed. */
  UNSIGNED,
  /** The name was changed after the assertion was signed. */
  TAMPERED,
  /** An unsigned assertion about another person stands before the signed one. */
  WRAPPED,
  /** The name holds a comment, which no signature covers: it is the same name all the same. */
  COMMENT_IN_NAME_ID,
  /** A document type that reads a file of the machine. */
  DOCUMENT_TYPE,
  /** The assertion was issued by another identity provider. */
  WRONG_ISSUER,
  /** The assertion is for another service provider. */
  WRONG_AUDIENCE,
  /** The assertion is for another address. */
  WRONG_RECIPIENT,
  /** The assertion answers another request. */
  OTHER_REQUEST,
  /** The assertion has expired. */
  EXPIRED,
  /** The assertion is not valid yet. */
  NOT_YET_VALID,
  /** The assertion has the ID of the one before. */
  REPLAYED,
  /** There is no assertion: the provider denied the sign-in. */
  DENIED
}
