package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Amazon Cognito in two Regions, in this JVM: a user pool with a replica, each Region on a loopback
 * port of its own, with outages on demand. It speaks the service's wire protocol, so any AWS SDK
 * can talk to it. For tests and demonstrations only: <strong>it is no authentication
 * service</strong>, it checks no signatures of requests, keeps everything in memory, and forgets it
 * when it closes.
 *
 * <pre>{@code
 * try (CognitoEmulator emulator = CognitoEmulator.start()) {
 *   emulator.createUser("ada", "Correct-Horse-7");
 *   emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
 *   // sign in at emulator.userPool() with emulator.clientId()
 * }
 * }</pre>
 *
 * <p>Beside the operations listed in the module's {@code request-shapes.txt}, every operation of
 * Cognito is known by name: in the secondary those that a replica does not serve answer {@code
 * OperationNotEnabledException}, the others {@code NotEmulatedException}, both with status 400.
 * Thread-safe.
 */
public final class CognitoEmulator implements AutoCloseable {
  private final RunningEmulator running;

  private CognitoEmulator(RunningEmulator running) {
    this.running = running;
  }

  /**
   * Starts an emulator of us-east-1 and us-west-2 on free ports, with one pool whose replica is
   * ACTIVE, one app client and no users.
   */
  public static CognitoEmulator start() {
    return builder().start();
  }

  /** A builder, whose defaults are what {@link #start()} starts. */
  public static Builder builder() {
    return new Builder();
  }

  /** Runs a stand-alone emulator until the process is told to end; {@code --help} says how. */
  public static void main(String[] args) {
    StandAlone.run(args);
  }

  /** The pool made at start, with endpoints and a domain that lead to this emulator. */
  public UserPool userPool() {
    return running.userPool();
  }

  /**
   * The app client made at start: without a secret, for all flows, and it prevents user existence
   * errors.
   */
  public String clientId() {
    return running.clientId();
  }

  /** The app client's secret, if it was given one. */
  public Optional<String> clientSecret() {
    return running.clientSecret();
  }

  /**
   * The IDs of all app clients that the pool made at start had then, {@link #clientId()} among
   * them.
   */
  public Set<String> clientIds() {
    return running.clientIds();
  }

  /**
   * Makes a user of the pool made at start: confirmed, with a permanent password that no policy
   * checks and a verified e-mail address, in both Regions at once.
   *
   * @throws IllegalArgumentException if there is such a user already
   */
  public void createUser(String username, String password) {
    running.createUser(username, password);
  }

  /**
   * Makes a confirmed user like {@link #createUser(String, String)}, with these attributes and no
   * others: an address is verified if {@code email_verified} or {@code phone_number_verified} is
   * given as "true".
   *
   * @throws IllegalArgumentException if there is such a user already, or an attribute is malformed
   */
  public void createUser(String username, String password, Map<String, String> attributes) {
    running.createUser(username, password, attributes);
  }

  /**
   * What the pool made at start sent to a user, by either Region, the newest last; of each user the
   * last 100 messages are kept.
   */
  public List<SentMessage> messages(String username) {
    return running.messages(username);
  }

  /** What either Region was asked, in the order of the answers; the last 10,000 calls are kept. */
  public List<ServedCall> served() {
    return running.served();
  }

  /**
   * The code for an account or an address that the pool made at start sent to a user last, until it
   * is used.
   */
  public Optional<String> confirmationCode(String username) {
    return running.confirmationCode(username);
  }

  /** One of the two Regions. */
  public EmulatedRegion region(RegionRole role) {
    return running.listeners().region(role);
  }

  /** Where the host of the UPDATED issuer answers. */
  public URI updatedIssuerEndpoint() {
    return running.listeners().updatedIssuer();
  }

  /**
   * Where a Region's prefix domain answers: {@code http://127.0.0.1:{port}}, with {@code
   * /oauth2/authorize} and the other paths of managed login and OAuth 2.0. The domain belongs to
   * the pool made at start.
   */
  public URI domain(RegionRole role) {
    return running.listeners().domain().prefix(role);
  }

  /**
   * Where the pool's custom domain answers, which the API calls {@code login.example.test}. The
   * primary serves it while the health check in its {@code Routing} is healthy, and the secondary
   * otherwise.
   */
  public URI customDomain() {
    return running.listeners().domain().custom();
  }

  /**
   * Where the prefix domain of any pool answers in a Region. The host of a pool that was not made
   * at start begins to listen when this is called first, or when the pool's discovery document is
   * fetched. Empty if the pool has no prefix domain.
   *
   * @throws IllegalStateException if 200 hosts listen already
   */
  public Optional<URI> domain(String poolId, RegionRole role) {
    return running.domain(hosts -> hosts.prefix(poolId, role));
  }

  /**
   * Where the custom domain of any pool answers, which listens from the first call of this on.
   * Empty if the pool has none.
   *
   * @throws IllegalStateException if 200 hosts listen already
   */
  public Optional<URI> customDomain(String poolId) {
    return running.domain(hosts -> hosts.custom(poolId));
  }

  /**
   * What the checkers of the domain's health check see from now on. As in Cognito, an unhealthy
   * check moves the custom domain to the secondary, and with {@link
   * Builder#domainFailover(boolean)} the primary's prefix domain, too; a healthy one moves them
   * back, at once and without hysteresis. Calls of the API are never moved. Default: healthy.
   */
  public void domainHealth(boolean healthy) {
    running.neighbours().domainSeen(healthy);
  }

  /**
   * An OpenID Connect provider for federated sign-ins, started when it is first asked for. The pool
   * knows it after a CreateIdentityProvider.
   */
  public EmulatedIdentityProvider identityProvider() {
    return running.neighbours().identityProvider();
  }

  /**
   * A SAML 2.0 provider for federated sign-ins, started when it is first asked for. The pool knows
   * it after a CreateIdentityProvider.
   */
  public EmulatedSamlProvider samlProvider() {
    return running.neighbours().samlProvider();
  }

  /**
   * The counterpart of a social provider, started when it is first asked for. Wherever Cognito
   * would send a browser to the real provider, this emulator sends it there. The pool knows it
   * after a CreateIdentityProvider with its {@link EmulatedSocialProvider#details()}.
   */
  public EmulatedSocialProvider socialProvider(SocialProvider provider) {
    return running.neighbours().socialProvider(provider);
  }

  /**
   * Route 53 with the health check that the domain follows, started when it is first asked for:
   * inverting the check moves the domain, as {@link #domainHealth(boolean)} does.
   */
  public EmulatedRoute53 route53() {
    return running.neighbours().route53();
  }

  /** KMS in a Region, started when it is first asked for. */
  public EmulatedKms kms(RegionRole role) {
    return running.neighbours().kms(role);
  }

  /** WAF in a Region, started when it is first asked for. */
  public EmulatedWaf waf(RegionRole role) {
    return running.neighbours().waf(role);
  }

  /**
   * How much later the secondary sees what the primary changes, from now on. What has arrived there
   * stays. Default: no later.
   */
  public void replicationLag(Duration lag) {
    running.replicationLag(lag);
  }

  /**
   * How many requests with side effects (sign-ins, refreshes, writes) were processed more than
   * once, over both Regions, and how many answers to challenges were sent again: the same answer,
   * or any answer to a challenge that had been answered rightly; at the domain, how many used codes
   * and rotated refresh tokens were presented again. A request is known by the header {@code
   * x-twinpool-request-id}, if a test sets it, or else by {@code amz-sdk-invocation-id}, which the
   * AWS SDKs repeat when they retry.
   */
  public long duplicates() {
    return running.listeners().region(RegionRole.PRIMARY).duplicates()
        + running.listeners().region(RegionRole.SECONDARY).duplicates();
  }

  /**
   * Brings back what was there right after the start, in some milliseconds: the same pools, app
   * clients and users under the same IDs, and nothing that came later: no other users, pools or
   * sessions, no messages, no counted calls, no outages, latencies, lags or refusals. Ports stay,
   * connections stay open, and what this object has given away (Regions, services) stays good.
   *
   * <p>A request that is under way ends with the state that it began with; nothing of it is left.
   * Refresh tokens and sessions from before are refused. The keys that sign tokens stay, so that a
   * client which has them need not fetch them again; what it validates by them alone, such as an
   * access token from before, it goes on accepting.
   *
   * @throws IllegalStateException if the emulator is closed
   * @throws java.io.UncheckedIOException if another process took a port while an outage gave it up
   */
  public void reset() {
    running.reset();
  }

  /** Ends both Regions, resets their connections and gives the ports back. */
  @Override
  public void close() {
    running.close();
  }

  /** Starts a {@link CognitoEmulator}. Every method checks its own value. */
  public static final class Builder {
    final StartOptions options = new StartOptions(InstantSource.system(), System::nanoTime);

    private Builder() {}

    /** The primary Region. Default: that of the pool's ID, or us-east-1 if no ID is given. */
    public Builder primaryRegion(String region) {
      options.primaryRegion = region;
      return this;
    }

    /** The Region of the replica. Default: us-west-2. */
    public Builder secondaryRegion(String region) {
      options.secondaryRegion = region;
      return this;
    }

    /** The pool's ID, whose prefix is the primary Region. Default: a random one. */
    public Builder poolId(String id) {
      options.poolId = id;
      return this;
    }

    /**
     * The app client's ID. Default: a random one.
     *
     * @throws IllegalArgumentException if Cognito would not have such an ID
     */
    public Builder clientId(String id) {
      options.clientId = Limits.clientId("clientId", id);
      return this;
    }

    /**
     * Gives the app client a secret. Default: it has none.
     *
     * @throws IllegalArgumentException if Cognito would not take it; the message does not repeat it
     */
    public Builder clientSecret(String secret) {
      options.clientSecret = Limits.clientSecret("clientSecret", secret);
      return this;
    }

    /**
     * Adds a user to the pool made at start, as {@link CognitoEmulator#createUser(String, String)}
     * does, who is there again after each {@link CognitoEmulator#reset()}. The password is hashed
     * once only.
     */
    public Builder user(String username, String password) {
      List<StartPool.User> users = new ArrayList<>(options.users);
      users.add(StartPool.User.confirmed(username, password));
      options.users = List.copyOf(users);
      return this;
    }

    /**
     * The pools of a YAML file, with their app clients, groups and users. The first one takes the
     * place of the pool made at start. What this builder says of that pool (its ID, the app
     * client's ID and secret, users) goes before what the file says. Default: one pool without
     * users.
     *
     * @throws IllegalArgumentException naming file and line, if a key is unknown or repeated, or a
     *     value is not what must stand there
     * @throws java.io.UncheckedIOException naming the file, if it cannot be read
     */
    public Builder pools(Path file) {
      options.pools = PoolFile.read(file);
      return this;
    }

    /**
     * The pools of a YAML text, as {@link #pools(Path)} takes them from a file.
     *
     * @throws IllegalArgumentException naming the line
     */
    public Builder poolsYaml(String yaml) {
      options.pools = PoolFile.parse("pools", yaml);
      return this;
    }

    /**
     * The primary Region's port, from which on all others follow in a row, but for those that have
     * a method of their own: the secondary Region, the UPDATED issuer, the domains (primary,
     * secondary, custom), KMS (primary, secondary), WAF (primary, secondary), Route 53, the
     * identity provider. Default: 0, any free ones.
     */
    public Builder firstPort(int port) {
      options.ports = options.ports.row(port);
      return this;
    }

    private Builder port(Ports.Listener listener, String field, int port) {
      options.ports = options.ports.with(listener, field, port);
      return this;
    }

    /** The primary Region's port. Default: 0, any free one. */
    public Builder primaryPort(int port) {
      return port(Ports.Listener.PRIMARY, "primaryPort", port);
    }

    /** The secondary Region's port. Default: 0, any free one. */
    public Builder secondaryPort(int port) {
      return port(Ports.Listener.SECONDARY, "secondaryPort", port);
    }

    /** The port of the UPDATED issuer's host. Default: 0, any free one. */
    public Builder updatedIssuerPort(int port) {
      return port(Ports.Listener.UPDATED_ISSUER, "updatedIssuerPort", port);
    }

    /** The port of the primary's prefix domain. Default: 0, any free one. */
    public Builder primaryDomainPort(int port) {
      return port(Ports.Listener.PRIMARY_DOMAIN, "primaryDomainPort", port);
    }

    /** The port of the secondary's prefix domain. Default: 0, any free one. */
    public Builder secondaryDomainPort(int port) {
      return port(Ports.Listener.SECONDARY_DOMAIN, "secondaryDomainPort", port);
    }

    /** The port of the custom domain. Default: 0, any free one. */
    public Builder customDomainPort(int port) {
      return port(Ports.Listener.CUSTOM_DOMAIN, "customDomainPort", port);
    }

    /**
     * Fails the primary's prefix domain over as well as the custom domain. Default: false, it stays
     * with the primary.
     */
    public Builder domainFailover(boolean failover) {
      options.domainFailover = failover;
      return this;
    }

    /** The status of the replica. Default: ACTIVE, though Cognito's own begin INACTIVE. */
    public Builder replicaStatus(ReplicaStatus status) {
      options.replicaStatus = status;
      return this;
    }

    /** No replica at first: the secondary does not know the pool until one is created. */
    public Builder withoutReplica() {
      options.replicaStatus = null;
      return this;
    }

    /**
     * A pool of one Region, as pools are before they are set up: no replica, encrypted with a key
     * of AWS's own, its domains without failover. Default: false.
     */
    public Builder singleRegion(boolean single) {
      options.singleRegion = single;
      return this;
    }

    /**
     * How long what was just made or changed is not seen by those who look for it: new KMS keys,
     * the list of replicas, changes of DNS records. Default: no time at all.
     */
    public Builder consistencyDelay(Duration delay) {
      options.consistencyDelay = Limits.duration("consistencyDelay", delay);
      return this;
    }

    /**
     * Shows a replica as PENDING_CREATE before CREATING, for half of {@link
     * #replicaDelay(Duration)}. Default: false; the guide's samples have that status, the API's
     * model has not.
     */
    public Builder pendingCreate(boolean pending) {
      options.assumptions = options.assumptions.with(Unpublished.PENDING_CREATE, pending);
      return this;
    }

    /** How long a replica stays CREATING or DELETING. Default: no time at all. */
    public Builder replicaDelay(Duration delay) {
      options.replicaDelay = Limits.duration("replicaDelay", delay);
      return this;
    }

    /** How much later the secondary sees what the primary changes. Default: no later. */
    public Builder replicationLag(Duration lag) {
      options.replicationLag = Limits.duration("replicationLag", lag);
      return this;
    }

    /** The issuer in tokens. Default: ORIGINAL. */
    public Builder issuerType(IssuerType type) {
      options.issuerType = type;
      return this;
    }

    /**
     * Replicates revocations made on the secondary. Default: false, what AWS does is unpublished.
     */
    public Builder secondaryRevocationsReachPrimary(boolean reach) {
      options.assumptions =
          options.assumptions.with(Unpublished.SECONDARY_REVOCATIONS_REACH_PRIMARY, reach);
      return this;
    }

    /** Shares which rotating tokens were used. Default: false, what AWS does is unpublished. */
    public Builder rotationStateShared(boolean shared) {
      options.assumptions = options.assumptions.with(Unpublished.ROTATION_STATE_SHARED, shared);
      return this;
    }

    /** Accepts a page token of the other Region. Default: false, what AWS does is unpublished. */
    public Builder pageTokensPortable(boolean portable) {
      options.assumptions = options.assumptions.with(Unpublished.PAGE_TOKENS_PORTABLE, portable);
      return this;
    }

    /**
     * Accepts a challenge's session, or SECRET_BLOCK, of the other Region. Default: false, what AWS
     * does is unpublished.
     */
    public Builder sessionsPortable(boolean portable) {
      options.assumptions = options.assumptions.with(Unpublished.SESSIONS_PORTABLE, portable);
      return this;
    }

    /**
     * Accepts an authorization code of the other Region. Default: false, what AWS does is
     * unpublished.
     */
    public Builder codesPortable(boolean portable) {
      options.assumptions = options.assumptions.with(Unpublished.CODES_PORTABLE, portable);
      return this;
    }

    /**
     * Checks TOTP codes on the secondary. Default: false, OperationNotEnabledException; that it
     * does not work there is documented, its error is not.
     */
    public Builder totpOnSecondary(boolean checked) {
      options.assumptions = options.assumptions.with(Unpublished.TOTP_ON_SECONDARY, checked);
      return this;
    }

    /**
     * Serves GetProvisionedLimit and UpdateProvisionedLimit in the secondary Region. Default:
     * false, OperationNotEnabledException: AWS's table of what a replica's Region serves has no row
     * for these two, which name no pool.
     */
    public Builder provisionedLimitsOnSecondary(boolean served) {
      options.assumptions =
          options.assumptions.with(Unpublished.PROVISIONED_LIMITS_ON_SECONDARY, served);
      return this;
    }

    /**
     * Takes answers to NEW_PASSWORD_REQUIRED and MFA_SETUP on the secondary, and writes to the
     * primary. Default: false, OperationNotEnabledException; what AWS does is unpublished.
     */
    public Builder challengeWritesOnSecondary(boolean taken) {
      options.assumptions =
          options.assumptions.with(Unpublished.CHALLENGE_WRITES_ON_SECONDARY, taken);
      return this;
    }

    /**
     * Gives NewDeviceMetadata on the secondary, which cannot confirm devices. Default: false, what
     * AWS does is unpublished.
     */
    public Builder newDevicesOnSecondary(boolean given) {
      options.assumptions = options.assumptions.with(Unpublished.NEW_DEVICES_ON_SECONDARY, given);
      return this;
    }

    /**
     * The challenges of the flow CUSTOM_AUTH, asked in their order. A wrong answer asks again,
     * three times in all. Default: none, and the flow is refused, as of a pool without Lambda
     * triggers.
     */
    public Builder customChallenges(List<CustomChallenge> challenges) {
      options.customChallenges = List.copyOf(challenges);
      return this;
    }

    /**
     * Lets users of the pool made at start sign in with their verified e-mail address, too.
     * Default: false.
     */
    public Builder emailAlias(boolean alias) {
      options.emailAlias = alias;
      return this;
    }

    /** The time that tokens, lockouts and replication go by. Default: the system's. */
    public Builder clock(InstantSource source) {
      options.clock = source;
      return this;
    }

    /** Where keys, IDs and codes come from. Default: a new {@link SecureRandom}. */
    public Builder random(SecureRandom source) {
      options.random = source;
      return this;
    }

    /**
     * Starts the emulator; the two keys of its pool take some tenths of a second. What is told to
     * this builder later changes no emulator that was started.
     *
     * @throws IllegalArgumentException naming file and line, if Cognito would refuse what a file of
     *     pools says
     * @throws io.github.twinpool.InvalidUserPoolException if pool ID and Regions do not go together
     * @throws java.io.UncheckedIOException naming the port, if one cannot be had
     */
    public CognitoEmulator start() {
      return new CognitoEmulator(RunningEmulator.start(options.copy()));
    }
  }
}
