package io.github.twinpool.emulator;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the attributes of its users an app client may read and write. Without lists of its own
 * it may read the standard ones, and write those of them that users may say of themselves.
 * Immutable. (Source: API reference, CreateUserPoolClient; developer guide, "Attribute permissions
 * and scopes".)
 *
 * @param read its ReadAttributes, if it has some
 * @param write its WriteAttributes, if it has some
 */
record ClientAttributes(Optional<Set<String>> read, Optional<Set<String>> write) {
  private static final Set<String> VERIFIED = Set.of("email_verified", "phone_number_verified");
  static final ClientAttributes DEFAULT = new ClientAttributes(Optional.empty(), Optional.empty());

  static ClientAttributes of(JsonRequest request) {
    return new ClientAttributes(
        listed(request.texts("ReadAttributes")), listed(request.texts("WriteAttributes")));
  }

  private static Optional<Set<String>> listed(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(names));
  }

  /**
   * Refuses lists that a pool's schema does not allow: of unknown attributes, and to write of what
   * only administrators may say, or without what users must have.
   *
   * @param doing creating or updating
   * @throws WireError an InvalidParameterException
   */
  void check(UserSchema schema, String doing) {
    if (!read.orElse(Set.of()).stream().allMatch(name -> schema.find(name).isPresent())) {
      throw WireError.invalidParameter(
          "Invalid read attributes specified while " + doing + " a client");
    }
    boolean writable =
        write.isEmpty()
            || (write.get().stream()
                    .allMatch(name -> schema.find(name).isPresent() && isUsersOwn(name))
                && write.get().containsAll(schema.required()));
    if (!writable) {
      throw WireError.invalidParameter(
          "Invalid write attributes specified while " + doing + " a client");
    }
  }

  private static boolean isUsersOwn(String name) {
    return !VERIFIED.contains(name) && !name.startsWith("dev:") && !name.equals(UserSchema.SUB);
  }

  /** Whether the client sees an attribute. Whose it is, and where from, is always seen. */
  boolean mayRead(String name) {
    return name.equals(UserSchema.SUB)
        || name.equals(FederatedUsers.IDENTITIES)
        || read.map(names -> names.contains(name)).orElseGet(() -> UserSchema.isStandard(name));
  }

  /**
   * Refuses what the client may not write.
   *
   * @throws WireError a NotAuthorizedException
   */
  void checkWrite(Collection<String> names) {
    boolean allowed =
        names.stream()
            .allMatch(
                name ->
                    isUsersOwn(name)
                        && write
                            .map(listed -> listed.contains(name))
                            .orElseGet(() -> UserSchema.isStandard(name)));
    if (!allowed) {
      throw WireError.notAuthorized("A client attempted to write unauthorized attribute");
    }
  }
}
