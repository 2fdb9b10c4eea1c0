package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TokenValidator} asks of the tokens of one user pool, and where it finds the pool's
 * keys. Each method refuses a bad value with an {@link IllegalArgumentException} that names it.
 *
 * @param <B> the builder that the methods return
 */
public abstract sealed class PoolOptions<B extends PoolOptions<B>>
    permits ValidatorOptions, AdditionalPool {
  final UserPool pool;
  private final Set<String> clientIds = new LinkedHashSet<>();
  private boolean anyClient;
  private @Nullable IssuerType onlyIssuer;
  private boolean secondaryIssuer;
  private boolean secondaryKeySource = true;
  private boolean fetchKeys = true;
  private final List<URI> keySources = new ArrayList<>();
  final List<Path> keyFiles = new ArrayList<>();
  @Nullable Path snapshotFile;
  final List<SigningKey> staticKeys = new ArrayList<>();
  final Set<String> scopes = new LinkedHashSet<>();
  final Set<String> groups = new LinkedHashSet<>();
  @Nullable String audience;

  PoolOptions(UserPool pool) {
    this.pool = pool;
  }

  abstract B self();

  /**
   * Accepts tokens of these app clients ({@code client_id} of access tokens, {@code aud} of ID
   * tokens). This or {@link #anyClient()} is required.
   */
  public B clientId(String... clientIds) {
    addAll("clientId", clientIds, this.clientIds);
    return self();
  }

  /**
   * Accepts tokens of all app clients of the pool. Whoever may create an app client can then get
   * tokens that are accepted.
   */
  public B anyClient() {
    anyClient = true;
    return self();
  }

  /** Accepts one of the pool's two issuers only. Default: both. */
  public B issuer(IssuerType type) {
    onlyIssuer = Objects.requireNonNull(type, "issuer"); // null would lift the restriction
    return self();
  }

  /**
   * Accepts {@code https://cognito-idp.{secondary}.amazonaws.com/{poolId}} as issuer, too, which
   * replicas were seen to mint for a while in July 2026 (awslabs/aws-jwt-verify issue 282).
   * Default: false. The secondary's UPDATED form is never accepted.
   */
  public B acceptSecondaryIssuer(boolean accept) {
    if (accept && pool.secondaryRegion().isEmpty()) {
      throw new IllegalArgumentException(
          "acceptSecondaryIssuer 'true': user pool " + pool.id() + " has no secondary Region");
    }
    secondaryIssuer = accept;
    return self();
  }

  /**
   * Whether to look for keys at the secondary Region's own endpoint, too. Default: true. AWS does
   * not document that it publishes them; when it does not, this source just fails.
   */
  public B secondaryKeySource(boolean ask) {
    secondaryKeySource = ask;
    return self();
  }

  /**
   * Looks for the pool's keys at another address, too: a mirror of your own. Asked after the pool's
   * own sources as long as those answer.
   *
   * @param jwks https, or http on loopback
   */
  public B keySource(URI jwks) {
    keySources.add(Checks.keySource(jwks));
    return self();
  }

  /**
   * Looks for the pool's keys in a file, too, each time that keys are refreshed: one that something
   * else keeps up to date. Who can write it can make tokens. It is refused, with one WARN, unless
   * the file and all directories and links on the way to it belong to this user or to root and
   * cannot be written by group or others. A directory can be sticky, if the file has no other name,
   * or on a read-only mount as config maps are. Where a file system has no POSIX permissions the
   * file is read, with one WARN.
   *
   * @param jwks a JSON Web Key Set
   */
  public B keyFile(Path jwks) {
    keyFiles.add(jwks.toAbsolutePath());
    return self();
  }

  /**
   * Keeps the pool's keys in a file, so that a process that starts while no source answers still
   * validates. {@code build()} reads it, each refresh replaces it. Its keys age from when they were
   * fetched. It is refused when it is for another pool or other issuers, when it is a link, when
   * anybody else owns it or may write it or its directory, when others may replace a directory on
   * the way, when it is from the future, and when it is older than {@code outageMaxAge}; listeners
   * hear why. It is not written where it would be refused. Default: none.
   *
   * @param file where, in a directory that exists on a POSIX file system; one for each pool, and
   *     not shared by machines
   */
  public B snapshotFile(Path file) {
    Path path = file.toAbsolutePath();
    if (!new OwnedFile(path, 0).isPossible()) {
      throw new IllegalArgumentException(
          "snapshotFile '" + path + "': wants an existing directory on a POSIX file system");
    }
    snapshotFile = path;
    return self();
  }

  /**
   * Accepts these keys always, whatever the sources publish: they neither age nor get removed.
   *
   * @param jwks a JSON Web Key Set with at least one usable key
   */
  public B staticKeys(String jwks) {
    try {
      staticKeys.addAll(Jwks.parse(jwks.getBytes(UTF_8)).keys());
    } catch (KeySourceException e) {
      throw new IllegalArgumentException("staticKeys: " + e.from(URI.create("value")));
    }
    return self();
  }

  /**
   * Whether to ask the pool's own sources. Default: true. If not, {@link #staticKeys(String)},
   * {@link #keySource(URI)} or {@link #keyFile(Path)} is required.
   */
  public B fetchKeys(boolean fetch) {
    fetchKeys = fetch;
    return self();
  }

  /**
   * Refuses access tokens that lack one of these scopes, with 403, and all ID tokens that do not
   * answer a request of your own, since ID tokens have no scopes. Default: none.
   */
  public B requireScopes(String... scopes) {
    addAll("requireScopes", scopes, this.scopes);
    return self();
  }

  /** Refuses tokens of users that are in none of these groups, with 403. Default: none. */
  public B requireAnyGroup(String... groups) {
    addAll("requireAnyGroup", groups, this.groups);
    return self();
  }

  /**
   * Refuses access tokens that are not bound to this resource, and all ID tokens that do not answer
   * a request of your own, since those are for an app client. Default: none, since Cognito's access
   * tokens have no {@code aud} unless resource binding was asked for, and machine tokens never.
   */
  public B requireAudience(String audience) {
    this.audience = Checks.text("requireAudience", audience);
    return self();
  }

  private static void addAll(String field, String[] values, Set<String> target) {
    if (values.length == 0) {
      throw new IllegalArgumentException(field + ": wants at least one value");
    }
    for (String value : values) {
      target.add(Checks.text(field, value));
    }
  }

  /** What is required that no ID token meets, by the names of the methods. */
  Set<String> accessTokenRequirements() {
    Set<String> requirements = new LinkedHashSet<>();
    if (!scopes.isEmpty()) {
      requirements.add("requireScopes");
    }
    if (audience != null) {
      requirements.add("requireAudience");
    }
    return requirements;
  }

  /** Refuses options that cannot be right together. */
  void check() {
    acceptedClients();
    if (jwksUris().isEmpty() && keyFiles.isEmpty() && staticKeys.isEmpty()) {
      throw new IllegalArgumentException(
          "fetchKeys 'false': user pool " + pool.id() + " is left without any keys");
    }
  }

  /** The accepted app clients, null for all. */
  @Nullable Set<String> acceptedClients() {
    if (anyClient == !clientIds.isEmpty()) {
      throw new IllegalArgumentException(
          "clientId " + clientIds + ": user pool " + pool.id() + " wants clientId or anyClient");
    }
    return anyClient ? null : Set.copyOf(clientIds);
  }

  /** The closed set of issuers, each with its type. */
  Map<String, IssuerType> issuers() {
    Set<IssuerType> types =
        onlyIssuer == null ? EnumSet.allOf(IssuerType.class) : EnumSet.of(onlyIssuer);
    Map<String, IssuerType> issuers = new LinkedHashMap<>();
    types.forEach(type -> issuers.put(pool.issuer(type), type));
    if (secondaryIssuer) {
      String host = pool.region(RegionRole.SECONDARY) + "." + pool.partition().dnsSuffix();
      issuers.put("https://cognito-idp." + host + "/" + pool.id(), IssuerType.ORIGINAL);
    }
    return issuers;
  }

  /** Where the keys are, in the order of trust in their being up. */
  Set<URI> jwksUris() {
    Set<URI> uris = new LinkedHashSet<>();
    if (fetchKeys) {
      uris.add(pool.jwksUri(IssuerType.UPDATED));
      uris.add(pool.jwksUri(RegionRole.PRIMARY));
    }
    // [assume] that the secondary's endpoint publishes the pool's keys: secondaryKeySource
    if (fetchKeys && secondaryKeySource && pool.secondaryRegion().isPresent()) {
      uris.add(pool.jwksUri(RegionRole.SECONDARY));
    }
    uris.addAll(keySources);
    return uris;
  }
}
