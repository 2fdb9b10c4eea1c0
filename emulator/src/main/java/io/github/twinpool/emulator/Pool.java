package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One user pool: what its Regions share, what replicates, and what each keeps to itself.
 * Thread-safe.
 */
final class Pool {
  private static final int MAX_USERS = 200_000;
  private static final String ONLY = "";

  private final UserPool identity;
  private final PoolKeys keys;
  private final TokenMint mint;
  private final ReplicatedMap<PoolSettings> settings;
  private final ReplicatedMap<UserRecord> users;
  private final ReplicatedMap<String> usernamesBySub;
  private final Aliases aliases;
  private final ReplicationLog log;
  private final Groups groups;
  private final Devices devices;
  private final WebAuthnCredentials webAuthn;
  private final UsedStates usedStates = new UsedStates();
  private final Totp totp = new Totp();
  private final Revocations revocations;
  private final Rotations rotations;
  private final PoolOAuth oauth;
  private final Outbox outbox;
  private final Replica replica;
  private final Map<RegionRole, Lockouts> lockouts = new EnumMap<>(RegionRole.class);
  private final RegionalSettings regional = new RegionalSettings();

  Pool(
      String id,
      PoolSettings initial,
      PoolKeys poolKeys,
      SecureRandom random,
      ReplicationLog replication,
      Assumptions assumptions,
      Delays delays) {
    identity = UserPool.of(id);
    log = replication;
    keys = poolKeys;
    mint = new TokenMint(keys, new FreshNames(random));
    settings = new ReplicatedMap<>(log);
    settings.putEverywhere(ONLY, initial);
    users = new ReplicatedMap<>(log);
    usernamesBySub = new ReplicatedMap<>(log);
    aliases = new Aliases(log);
    groups = new Groups(log);
    devices = new Devices("-" + new FreshNames(random).group(), log);
    webAuthn = new WebAuthnCredentials(log);
    revocations =
        new Revocations(log, assumptions.hold(Unpublished.SECONDARY_REVOCATIONS_REACH_PRIMARY));
    rotations = new Rotations(assumptions.hold(Unpublished.ROTATION_STATE_SHARED));
    oauth = new PoolOAuth(new PoolSaml(id, random), log, assumptions);
    outbox = new Outbox(random);
    replica = new Replica(delays, assumptions.hold(Unpublished.PENDING_CREATE));
    for (RegionRole role : RegionRole.values()) {
      lockouts.put(role, new Lockouts());
    }
  }

  String id() {
    return identity.id();
  }

  /** The ID without its Region, which SRP hashes. */
  String name() {
    return identity.id().substring(identity.id().indexOf('_') + 1);
  }

  PoolKeys keys() {
    return keys;
  }

  TokenMint mint() {
    return mint;
  }

  Revocations revocations() {
    return revocations;
  }

  Rotations rotations() {
    return rotations;
  }

  Devices devices() {
    return devices;
  }

  WebAuthnCredentials webAuthn() {
    return webAuthn;
  }

  UsedStates usedStates() {
    return usedStates;
  }

  Totp totp() {
    return totp;
  }

  Groups groups() {
    return groups;
  }

  PoolOAuth oauth() {
    return oauth;
  }

  Outbox outbox() {
    return outbox;
  }

  Replica replica() {
    return replica;
  }

  Lockouts lockouts(RegionRole role) {
    return Objects.requireNonNull(lockouts.get(role));
  }

  RegionalSettings regional() {
    return regional;
  }

  /** Whether a Region knows this pool at all. */
  boolean isIn(RegionRole role, Instant now) {
    return role == RegionRole.PRIMARY || replica.status(now).isPresent();
  }

  PoolSettings settings(RegionRole role) {
    return settings.get(role, ONLY).orElseThrow();
  }

  void updateSettings(UnaryOperator<PoolSettings> change) {
    settings.update(ONLY, change);
  }

  /** The {@code iss} of tokens minted now; it names the primary Region in both Regions. */
  String issuer(RegionRole role) {
    return identity.issuer(settings(role).issuerType());
  }

  /** A user as a Region sees them, by user name, by {@code sub}, or by what the pool allows. */
  Optional<UserRecord> user(RegionRole role, String name) {
    Optional<UserRecord> named = users.get(role, key(name));
    return named
        .or(() -> usernamesBySub.get(role, name).flatMap(found -> users.get(role, key(found))))
        .or(() -> aliased(role, name));
  }

  private Optional<UserRecord> aliased(RegionRole role, String name) {
    return aliases
        .owner(role, settings(role), this::key, name)
        .flatMap(owner -> users.get(role, key(owner)));
  }

  /**
   * What a user who does not exist is called in challenges: where users are not called what they
   * type, something made up, always the same.
   */
  String simulatedName(RegionRole role, String typed) {
    PoolSettings known = settings(role);
    boolean otherwise =
        !known.usernameAttributes().isEmpty()
            || (!known.aliasAttributes().isEmpty() && typed.indexOf('@') >= 0);
    return otherwise ? FreshNames.sub(keys.sealer().pseudonym("name " + key(typed))) : typed;
  }

  /** Users of a Region after a user name, in the order of their names. */
  List<UserRecord> usersAfter(RegionRole role, String username, int limit) {
    return users.after(role, key(username), limit);
  }

  int userCount(RegionRole role) {
    return users.size(role);
  }

  /**
   * Adds a user.
   *
   * @param everywhere whether both Regions see the user at once
   * @param moveAliases whether the user takes aliases from those who own them
   * @throws WireError a UsernameExistsException, an AliasExistsException, a LimitExceededException
   */
  void add(UserRecord user, boolean everywhere, boolean moveAliases) {
    String key = key(user.username());
    log.atomically(
        () -> {
          if (users.get(RegionRole.PRIMARY, key).isPresent()) {
            throw WireError.of("UsernameExistsException", "User already exists");
          }
          if (users.size(RegionRole.PRIMARY) >= MAX_USERS) {
            throw WireError.limitExceeded("The emulator keeps at most " + MAX_USERS + " users.");
          }
          claimAliases(user, moveAliases, true);
          aliases.follow(settings(), this::key, Optional.empty(), Optional.of(user), everywhere);
          if (everywhere) {
            users.putEverywhere(key, user);
            usernamesBySub.putEverywhere(user.sub(), user.username());
          } else {
            users.put(key, user);
            usernamesBySub.put(user.sub(), user.username());
          }
          return user;
        });
  }

  /**
   * Changes a user.
   *
   * @throws WireError a UserNotFoundException, an AliasExistsException
   */
  UserRecord update(String username, UnaryOperator<UserRecord> change) {
    return update(username, change, false);
  }

  /**
   * Changes a user.
   *
   * @param moveAliases whether the user takes aliases from those who own them
   * @throws WireError a UserNotFoundException, an AliasExistsException
   */
  UserRecord update(String username, UnaryOperator<UserRecord> change, boolean moveAliases) {
    return log.atomically(
        () -> {
          UserRecord before =
              users.get(RegionRole.PRIMARY, key(username)).orElseThrow(WireError::noSuchUser);
          UserRecord after = change.apply(before);
          claimAliases(after, moveAliases, false);
          aliases.follow(settings(), this::key, Optional.of(before), Optional.of(after), false);
          users.put(key(username), after);
          return after;
        });
  }

  /** Sees to it that no other user owns an alias that this one is about to get. */
  private void claimAliases(UserRecord user, boolean move, boolean newUser) {
    PoolSettings settings = settings();
    boolean namedByAddress = !settings.usernameAttributes().isEmpty();
    Optional<Aliases.Taken> taken = aliases.taken(settings, this::key, user);
    while (taken.isPresent()) {
      if (!move || namedByAddress) {
        throw taken.get().refusal(newUser && namedByAddress);
      }
      Map<String, String> loss = taken.get().loss();
      update(taken.get().owner(), owner -> owner.withAttributes(loss, owner.modified()));
      taken = aliases.taken(settings, this::key, user);
    }
  }

  private PoolSettings settings() {
    return settings(RegionRole.PRIMARY);
  }

  /**
   * Removes a user with all that is theirs. A later user of the same name inherits nothing of it.
   *
   * @throws WireError a UserNotFoundException
   */
  void remove(String username) {
    log.atomically(
        () -> {
          UserRecord user =
              users.get(RegionRole.PRIMARY, key(username)).orElseThrow(WireError::noSuchUser);
          aliases.follow(settings(), this::key, Optional.of(user), Optional.empty(), false);
          revocations.revokeAll(RegionRole.PRIMARY, user.sub());
          devices.removeAll(username);
          webAuthn.removeAll(username);
          usernamesBySub.remove(user.sub());
          return users.remove(key(username));
        });
    outbox.forget(username);
    for (RegionRole role : RegionRole.values()) {
      totp.reset(role, username);
      lockouts(role).succeeded(username);
    }
  }

  /** Takes all users out of a group. */
  void leave(String group) {
    log.atomically(
        () -> {
          users.after(RegionRole.PRIMARY, "", MAX_USERS).stream()
              .filter(user -> user.groups().contains(group))
              .forEach(user -> update(user.username(), known -> known.withGroup(group, false)));
          return group;
        });
  }

  /** How a user name is told from others. */
  String key(String username) {
    return settings().caseSensitive() ? username : username.toLowerCase(Locale.ROOT);
  }
}
