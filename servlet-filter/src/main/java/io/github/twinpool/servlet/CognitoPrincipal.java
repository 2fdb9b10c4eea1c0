package io.github.twinpool.servlet;

import io.github.twinpool.token.AccessToken;
import io.github.twinpool.token.VerifiedToken;
import java.io.Serializable;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request that {@link CognitoTokenFilter} let through. Immutable; {@link #toString()}
 * does not say who.
 *
 * <p>Serializable as {@link VerifiedToken} is: what is read back was not checked again.
 *
 * <p>Names of users, machines, groups and scopes mean something in their own pool only. Those of
 * the pool that the validator's builder was made for stand alone. Those of additional pools stand
 * behind their pool's ID and a space: {@code eu-west-1_PARTNERS ada}. Cognito's own names have no
 * spaces (source: Cognito API reference, {@code Username} of AdminCreateUser, {@code GroupName} of
 * CreateGroup). Those of federated users are made of what their provider sends: a name of the main
 * pool that begins as if it were another pool's stands behind its own pool's ID, too.
 */
public final class CognitoPrincipal implements Principal, Serializable {
  private static final long serialVersionUID = 1L;

  /** How names of an additional pool begin. */
  static final Pattern QUALIFIED = Pattern.compile("^[a-z0-9-]+_[0-9A-Za-z]+ ");

  private final VerifiedToken token;
  private final String qualifier;

  /**
   * @param token what the filter found good
   * @param mainPool the ID of the pool whose names stand alone
   */
  CognitoPrincipal(VerifiedToken token, String mainPool) {
    this.token = token;
    String pool = token.userPool().id();
    qualifier = pool.equals(mainPool) ? "" : pool + " ";
  }

  /** What the filter found good. */
  public VerifiedToken token() {
    return token;
  }

  /**
   * The user's name or, for the token of a machine, the app client's ID; behind the pool's ID and a
   * space if the token is of an additional pool. User and machine can be alike where users choose
   * their names: ask {@link #isMachine()} before a name decides anything.
   */
  @Override
  public String getName() {
    String name = token.username().orElseGet(token::clientId);
    boolean poses = qualifier.isEmpty() && QUALIFIED.matcher(name).lookingAt();
    return (poses ? token.userPool().id() + " " : qualifier) + name;
  }

  /** Whether a machine got the token with its client credentials: it names no user then. */
  public boolean isMachine() {
    return token.username().isEmpty();
  }

  /** Whether the token has a group, which is named as {@link #getName()} names users. */
  boolean hasGroup(String group) {
    return isHere(group) && token.groups().contains(group.substring(qualifier.length()));
  }

  /**
   * Whether the token has all of these scopes, which are named as {@link #getName()} names users.
   */
  boolean hasScopes(Set<String> scopes) {
    Set<String> granted = token instanceof AccessToken access ? access.scopes() : Set.of();
    return scopes.stream()
        .allMatch(it -> isHere(it) && granted.contains(it.substring(qualifier.length())));
  }

  private boolean isHere(String name) {
    return qualifier.isEmpty() ? !QUALIFIED.matcher(name).lookingAt() : name.startsWith(qualifier);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CognitoPrincipal that
        && token.equals(that.token)
        && qualifier.equals(that.qualifier);
  }

  @Override
  public int hashCode() {
    return Objects.hash(token, qualifier);
  }

  @Override
  public String toString() {
    return "CognitoPrincipal[token=" + token + "]";
  }
}
