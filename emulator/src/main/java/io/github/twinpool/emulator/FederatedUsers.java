package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users who come from an identity provider, and how Cognito writes that down. */
final class FederatedUsers {
  /** The attribute, JSON in a text, and the claim, a list of objects. */
  static final String IDENTITIES = "identities";

  private static final int LONGEST_NAME = 128;

  /** The longest value that an attribute takes. (Source: developer guide.) */
  private static final int LONGEST_VALUE = 2_048;

  private FederatedUsers() {}

  /**
   * Makes or changes the user in the primary; the secondary takes users as they are.
   *
   * @param claims what the provider says, among it the claim that its type tells users apart by
   * @param issuer what is written down as the identity's issuer, which only SAML providers have
   * @throws WireError what is wrong with the attributes
   * @throws OAuthError invalid_request
   */
  static UserRecord signedIn(
      DomainCall call,
      AppClient client,
      IdentityProvider provider,
      Map<String, String> claims,
      Optional<String> issuer) {
    String subject = claims.getOrDefault(provider.type().subject(), "");
    String username = username(call.pool(), provider, subject);
    Optional<UserRecord> known = known(call, username);
    if (call.role() == RegionRole.SECONDARY) {
      // That there are no new users is documented, what the application is told is an assumption.
      return enabled(
          known.orElseThrow(
              () ->
                  FederationEnd.refused(
                      "A first sign-in with " + provider.name() + " needs the primary Region.")));
    }
    Map<String, String> mapped = mapped(provider, client, claims);
    AttributeRules rules = AttributeRules.of(call.call(), call.pool());
    if (known.isPresent()) {
      enabled(known.get());
      return call.pool()
          .update(username, user -> user.withAttributes(rules.forUpdate(user, mapped), call.now()));
    }
    return create(
        call,
        provider,
        username,
        rules.forNewUser(mapped),
        identity(call, provider, subject, issuer));
  }

  /**
   * The provider's name and its name for the user; in pools without case, in lower case. (Source:
   * developer guide, Mapping IdP attributes to profiles and tokens.)
   */
  private static String username(Pool pool, IdentityProvider provider, String subject) {
    if (subject.isEmpty()) {
      throw FederationEnd.refused(
          provider.name() + " Error - no " + provider.type().subject() + " of the user");
    }
    String name = provider.name() + "_" + subject;
    if (name.length() > LONGEST_NAME) {
      throw WireError.invalidParameter(
          "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member"
              + " must have length less than or equal to 128");
    }
    return pool.settings(RegionRole.PRIMARY).caseSensitive() ? name : name.toLowerCase(Locale.ROOT);
  }

  /**
   * The user of this name, and no other whom an alias would find.
   *
   * @throws OAuthError invalid_request, if the name belongs to a user of the pool's own
   */
  private static Optional<UserRecord> known(DomainCall call, String username) {
    Optional<UserRecord> known =
        call.pool()
            .user(call.role(), username)
            .filter(user -> call.pool().key(user.username()).equals(call.pool().key(username)));
    if (known.filter(user -> user.attribute(IDENTITIES).isEmpty()).isPresent()) {
      throw FederationEnd.refused("User already exists");
    }
    return known;
  }

  private static UserRecord enabled(UserRecord user) {
    if (!user.enabled()) {
      throw FederationEnd.refused("User is disabled.");
    }
    return user;
  }

  /**
   * The attributes that a provider's claims make. What the provider does not say stays as it was,
   * and what the app client may not write is left out. (Source: developer guide.)
   */
  private static Map<String, String> mapped(
      IdentityProvider provider, AppClient client, Map<String, String> claims) {
    Map<String, String> attributes = new LinkedHashMap<>();
    provider
        .mapping()
        .forEach(
            (attribute, claim) -> {
              String value = claims.getOrDefault(claim, "");
              if (!attribute.equals("username")
                  && !value.isEmpty()
                  && mayWrite(client, attribute)) {
                checkValue(attribute, value);
                attributes.put(attribute, value);
              }
            });
    return attributes;
  }

  private static boolean mayWrite(AppClient client, String attribute) {
    JsonNode writable = client.shown().path("WriteAttributes");
    return writable.isEmpty()
        || writable.valueStream().anyMatch(it -> it.asText().equals(attribute));
  }

  private static void checkValue(String attribute, String value) {
    if (value.length() > LONGEST_VALUE) {
      throw WireError.invalidParameter(attribute + ": more than 2048 characters");
    }
    if (value.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
      throw WireError.invalidParameter(attribute + ": a character of four bytes in UTF-8");
    }
  }

  /**
   * Makes a user in the primary, with a password that no person knows.
   *
   * @throws WireError a LimitExceededException
   */
  private static UserRecord create(
      DomainCall call,
      IdentityProvider provider,
      String username,
      Map<String, String> mapped,
      String identity) {
    EmulatedCognito cognito = call.call().cognito();
    Map<String, String> all = new LinkedHashMap<>(mapped);
    // Mapped addresses are unverified unless the provider says otherwise. (Source: developer
    // guide.)
    for (String address : Set.of("email", "phone_number")) {
      if (mapped.containsKey(address)) {
        all.putIfAbsent(address + "_verified", "false");
      }
    }
    all.put(IDENTITIES, identity);
    UserRecord user =
        UserRecord.fresh(
                username,
                cognito.names().sub(),
                cognito.stored(call.pool(), username, cognito.names().password()),
                UserStatus.EXTERNAL_PROVIDER,
                all,
                call.now())
            .withGroup(provider.group(), true);
    call.pool().add(user, false, false);
    return user;
  }

  private static String identity(
      DomainCall call, IdentityProvider provider, String subject, Optional<String> issuer) {
    ObjectNode identity =
        WireJson.object()
            .put("userId", subject)
            .put("providerName", provider.name())
            .put("providerType", provider.type().wire())
            .put("issuer", issuer.orElse(null))
            .put("primary", true)
            .put("dateCreated", call.now().toEpochMilli());
    return "[" + new String(WireJson.write(identity), StandardCharsets.UTF_8) + "]";
  }

  /** The attribute's value as ID tokens have it: texts, even of what are none, but for nulls. */
  static List<Map<String, @Nullable String>> claim(String attribute) {
    JsonNode identities =
        WireJson.read(("{\"all\":" + attribute + "}").getBytes(StandardCharsets.UTF_8)).path("all");
    List<Map<String, @Nullable String>> claim = new ArrayList<>();
    for (JsonNode identity : identities) {
      Map<String, @Nullable String> texts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : identity.properties()) {
        JsonNode value = entry.getValue();
        texts.put(entry.getKey(), value.isNull() ? null : value.asText());
      }
      claim.add(texts);
    }
    return claim;
  }
}
