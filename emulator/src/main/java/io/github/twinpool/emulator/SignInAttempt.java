package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in on its way from factor to factor, as one request sees it. Immutable.
 *
 * <p>Whoever names an unknown user, at a client that prevents user existence errors, goes through
 * the same challenges as others and fails at each proof.
 */
final class SignInAttempt {
  private final Call call;
  private final Pool pool;
  private final AppClient client;
  private final String username;
  private final @Nullable UserRecord user;
  private final Notes notes;

  /**
   * What is known of the sign-in besides its user.
   *
   * @param device the key of the device that signs in, if it says so
   * @param custom whether custom challenges follow the password
   */
  record Notes(@Nullable String device, boolean custom) {
    static final Notes NONE = new Notes(null, false);
  }

  private SignInAttempt(
      Call call,
      Pool pool,
      AppClient client,
      String username,
      @Nullable UserRecord user,
      Notes notes) {
    this.call = call;
    this.pool = pool;
    this.client = client;
    this.username = username;
    this.user = user;
    this.notes = notes;
  }

  /**
   * Begins a sign-in of whom the request names.
   *
   * @throws WireError a UserNotFoundException, if the client does not prevent existence errors
   */
  static SignInAttempt begin(Call call, AppClient client, boolean custom) {
    String map = "AuthParameters";
    String typed = call.request().requiredEntry(map, "USERNAME");
    call.checkSecretHash(client, typed, call.request().entry(map, "SECRET_HASH"));
    Pool pool = call.poolOf(client);
    Optional<UserRecord> user = pool.user(call.role(), typed);
    if (user.isEmpty() && !client.preventsUserExistenceErrors()) {
      throw WireError.noSuchUser();
    }
    String device = call.request().entry(map, "DEVICE_KEY").orElse(null);
    return new SignInAttempt(
        call,
        pool,
        client,
        user.map(UserRecord::username).orElseGet(() -> pool.simulatedName(call.role(), typed)),
        user.orElse(null),
        new Notes(device, custom));
  }

  /** A sign-in at the login page, which never tells unknown users from wrong passwords. */
  static SignInAttempt atLoginPage(Call call, Pool pool, AppClient client, String typed) {
    Optional<UserRecord> user = pool.user(call.role(), typed);
    String name = user.map(UserRecord::username).orElse(typed);
    return new SignInAttempt(call, pool, client, name, user.orElse(null), Notes.NONE);
  }

  /** A sign-in whose user is known already. */
  static SignInAttempt of(Call call, Pool pool, AppClient client, UserRecord user, Notes notes) {
    return new SignInAttempt(call, pool, client, user.username(), user, notes);
  }

  /**
   * Goes on with a sign-in.
   *
   * @throws WireError if its user has gone meanwhile
   */
  static SignInAttempt resume(Call call, Pool pool, AppClient client, SealedState state) {
    UserRecord user =
        state.simulated()
            ? null
            : pool.user(call.role(), state.username()).orElseThrow(SealedState::invalid);
    Notes notes =
        new Notes(state.data().path("device").textValue(), state.data().path("custom").asBoolean());
    return new SignInAttempt(call, pool, client, state.username(), user, notes);
  }

  Call call() {
    return call;
  }

  Pool pool() {
    return pool;
  }

  AppClient client() {
    return client;
  }

  String username() {
    return username;
  }

  Notes notes() {
    return notes;
  }

  Optional<UserRecord> found() {
    return Optional.ofNullable(user);
  }

  /**
   * The user who has proved to be one.
   *
   * @throws WireError a NotAuthorizedException for a simulated one
   */
  UserRecord user() {
    if (user == null) {
      throw wrongCredentials();
    }
    return user;
  }

  static WireError wrongCredentials() {
    return WireError.notAuthorized("Incorrect username or password.");
  }

  SignInAttempt withUser(UserRecord changed) {
    return new SignInAttempt(call, pool, client, username, changed, notes);
  }

  SignInAttempt withDevice(@Nullable String deviceKey) {
    return new SignInAttempt(
        call, pool, client, username, user, new Notes(deviceKey, notes.custom()));
  }

  /** This sign-in as it is sealed, with what a challenge adds. */
  SealedState state(ObjectNode data) {
    if (notes.device() != null) {
      data.put("device", notes.device());
    }
    data.put("custom", notes.custom());
    return new SealedState(
        pool.mint().freshId(),
        username,
        user == null,
        client.id(),
        call.role(),
        call.now().plus(client.lifetimes().session()),
        data);
  }

  /**
   * A challenge that is answered with a Session.
   *
   * @param data what the challenge has to know when it is answered
   */
  ObjectNode challenge(String name, ObjectNode parameters, ObjectNode data) {
    ObjectNode answer = WireJson.object().put("ChallengeName", name);
    answer.put("Session", state(data).seal(pool, ChallengeAnswer.sessionOf(name)));
    answer.set("ChallengeParameters", parameters);
    return answer;
  }
}
