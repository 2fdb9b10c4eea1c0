package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.Map;
import java.util.Optional;

/** SignUp, ConfirmSignUp, ResendConfirmationCode. */
final class SignUpOperations {
  private SignUpOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "SignUp", SignUpOperations::signUp,
        "ConfirmSignUp", SignUpOperations::confirm,
        "ResendConfirmationCode", SignUpOperations::resend);
  }

  private static ObjectNode signUp(Call call) {
    JsonRequest request = call.request();
    AppClient client = call.client();
    String given = request.required("Username");
    call.checkSecretHash(client, given, request.text("SecretHash"));
    Pool pool = call.poolOf(client);
    PoolSettings settings = pool.settings(call.role());
    if (settings.adminCreateUserOnly()) {
      throw WireError.notAuthorized("SignUp is not permitted for this user pool");
    }
    Optional<String> password = request.text("Password").filter(it -> !it.isEmpty());
    password.ifPresent(settings.passwordPolicy()::check);
    AttributeRules rules = AttributeRules.of(call, pool);
    Map<String, String> attributes = rules.forNewUser(request.attributes("UserAttributes"));
    client.attributes().checkWrite(attributes.keySet());
    Usernames.NewUser named = Usernames.of(call, pool, given, attributes);
    rules.checkComplete(named.attributes());
    if (password.isEmpty() && !needsNoPassword(settings, client, named.attributes())) {
      throw WireError.invalidParameter("Missing required parameter PASSWORD");
    }
    UserRecord user =
        UserRecord.fresh(
            named.username(),
            named.sub(),
            password
                .map(value -> call.cognito().stored(pool, named.username(), value))
                .orElseGet(() -> call.cognito().noPassword(pool, named.username())),
            UserStatus.UNCONFIRMED,
            named.attributes(),
            call.now());
    pool.add(user, false, false);
    ObjectNode answer = WireJson.object().put("UserConfirmed", false).put("UserSub", user.sub());
    CodeDelivery.toVerify(user, settings)
        .ifPresent(delivery -> send(call, pool, user, delivery, answer));
    SignUpSession.begin(call, pool, client, user, answer);
    return answer;
  }

  /** Source: Cognito developer guide, "Signing up and confirming user accounts". */
  private static boolean needsNoPassword(
      PoolSettings settings, AppClient client, Map<String, String> attributes) {
    return client.allows("ALLOW_USER_AUTH")
        && settings.addressesOfFirstFactors().stream()
            .filter(settings.autoVerified()::contains)
            .anyMatch(name -> !attributes.getOrDefault(name, "").isEmpty());
  }

  private static void send(
      Call call, Pool pool, UserRecord user, CodeDelivery delivery, ObjectNode answer) {
    pool.outbox().send(Purpose.SIGN_UP, user, delivery, call.role(), call.now());
    answer.set("CodeDeliveryDetails", delivery.describe());
  }

  /** Also shows that the address is the user's own. */
  private static ObjectNode confirm(Call call) {
    AppClient client = call.client();
    String username = call.request().required("Username");
    Pool pool = call.poolOf(client);
    Optional<UserRecord> user = user(call, client, pool, username);
    user.filter(known -> known.status() != UserStatus.UNCONFIRMED)
        .ifPresent(
            known -> {
              throw WireError.notAuthorized(
                  "User cannot be confirmed. Current status is " + known.status());
            });
    Optional<SealedState> session = SignUpSession.of(call, pool, client, username);
    String owner = user.map(UserRecord::username).orElse(username);
    String code = call.request().required("ConfirmationCode");
    Outbox.Use use = Outbox.Use.SIGN_UP;
    String verified = pool.outbox().check(use, owner, code, call.now()).attribute() + "_verified";
    // An alias that is taken leaves the code usable, so that it can be moved with the same code.
    user.ifPresent(
        known ->
            pool.update(
                known.username(),
                before ->
                    before
                        .withAttributes(Map.of(verified, "true"), call.now())
                        .withStatus(UserStatus.CONFIRMED, call.now()),
                call.request().flag("ForceAliasCreation", false)));
    pool.outbox().use(use, owner, code, call.now());
    ObjectNode answer = WireJson.object();
    session.ifPresent(known -> SignUpSession.confirmed(call, pool, client, owner, known, answer));
    return answer;
  }

  private static ObjectNode resend(Call call) {
    AppClient client = call.client();
    String username = call.request().required("Username");
    Pool pool = call.poolOf(client);
    Optional<UserRecord> user = user(call, client, pool, username);
    ObjectNode answer = WireJson.object();
    PoolSettings settings = pool.settings(call.role());
    boolean unseen = user.isEmpty() || !user.get().enabled();
    if (unseen && client.preventsUserExistenceErrors()) {
      return answer.set(
          "CodeDeliveryDetails",
          CodeDelivery.simulated(username, settings.prefersPhone()).describe());
    }
    UserRecord known = user.orElseThrow(AccountOperations::unknownForCodes);
    if (known.status() != UserStatus.UNCONFIRMED) {
      throw WireError.invalidParameter("User is already confirmed.");
    }
    CodeDelivery delivery =
        CodeDelivery.toVerify(known, settings)
            .orElseThrow(
                () ->
                    WireError.invalidParameter(
                        "Cannot resend codes. Auto verification not turned on."));
    send(call, pool, known, delivery, answer);
    return answer;
  }

  private static Optional<UserRecord> user(
      Call call, AppClient client, Pool pool, String username) {
    call.checkSecretHash(client, username, call.request().text("SecretHash"));
    Optional<UserRecord> user = pool.user(call.role(), username);
    if (user.isEmpty() && !client.preventsUserExistenceErrors()) {
      throw AccountOperations.unknownForCodes();
    }
    return user;
  }
}
