package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pools that a YAML file describes. Keys in lower case are the emulator's; those that begin
 * with a capital are Cognito's, the members of the requests that make such things.
 */
final class PoolFile {
  /** The keys of a pool that stand for requests: whether for many of them, and of what. */
  private static final Map<String, Requests> REQUESTS =
      Map.of(
          "mfa", new Requests("SetUserPoolMfaConfig", false, null),
          "groups", new Requests("CreateGroup", true, "GroupName"),
          "resource-servers", new Requests("CreateResourceServer", true, null),
          "identity-providers", new Requests("CreateIdentityProvider", true, null));

  /** In the order in which they are made. */
  private static final List<String> IN_ORDER =
      List.of("mfa", "groups", "resource-servers", "identity-providers");

  private static final List<String> POOL =
      List.of(
          "id",
          "settings",
          "mfa",
          "groups",
          "resource-servers",
          "identity-providers",
          "clients",
          "users");

  private static final String POOL_ID = "UserPoolId";

  /**
   * A key of a pool.
   *
   * @param shortForm the member that a text in place of a mapping stands for
   */
  private record Requests(String operation, boolean many, @Nullable String shortForm) {}

  private PoolFile() {}

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException naming the file
   * @throws IllegalArgumentException naming the file and the line
   */
  static List<StartPool> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file of pools " + file + " cannot be read", e);
    }
    return parse(file.toString(), text);
  }

  /**
   * Reads a text.
   *
   * @param name what complaints call it
   * @throws IllegalArgumentException naming the line
   */
  static List<StartPool> parse(String name, String text) {
    YamlPlace root = YamlPlace.of(name, text);
    YamlPlace pools = root.members(List.of("pools")).get("pools");
    if (pools == null || pools.items().isEmpty()) {
      throw root.wrong("'pools' must name at least one pool");
    }
    return pools.items().stream().map(PoolFile::pool).toList();
  }

  private static StartPool pool(YamlPlace place) {
    Map<String, YamlPlace> members = place.members(POOL);
    List<StartPool.Request> requests = new ArrayList<>();
    for (String key : IN_ORDER) {
      Requests kind = REQUESTS.getOrDefault(key, new Requests("", true, null));
      YamlPlace.member(members, key)
          .ifPresent(
              value ->
                  (kind.many() ? value.items() : List.of(value))
                      .forEach(each -> requests.add(request(each, kind))));
    }
    return new StartPool(
        place.where(),
        text(members, "id"),
        YamlPlace.member(members, "settings")
            .map(it -> it.request(Operations.shape("CreateUserPool"), List.of("KeyConfiguration")))
            .orElseGet(WireJson::object),
        requests,
        items(members, "clients").stream().map(PoolFile::client).toList(),
        items(members, "users").stream().map(PoolFile::user).toList());
  }

  private static StartPool.Request request(YamlPlace place, Requests kind) {
    ObjectNode body =
        kind.shortForm() != null && !place.isMapping()
            ? WireJson.object().put(kind.shortForm(), place.text())
            : place.request(Operations.shape(kind.operation()), List.of(POOL_ID));
    return new StartPool.Request(place.where(), kind.operation(), body);
  }

  private static StartPool.Client client(YamlPlace place) {
    Map<String, YamlPlace> members = place.members(List.of("id", "secret", "settings"));
    return new StartPool.Client(
        place.where(),
        checked(members, "id", Limits::clientId),
        checked(members, "secret", Limits::clientSecret),
        YamlPlace.member(members, "settings")
            .map(
                it ->
                    it.request(
                        Operations.shape("CreateUserPoolClient"),
                        List.of(POOL_ID, "GenerateSecret", "ClientSecret")))
            .orElseGet(WireJson::object));
  }

  private interface Limit {
    String check(String field, String value);
  }

  private static @Nullable String checked(Map<String, YamlPlace> members, String key, Limit limit) {
    YamlPlace place = members.get(key);
    if (place == null) {
      return null;
    }
    try {
      return limit.check(key, place.text());
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static StartPool.User user(YamlPlace place) {
    Map<String, YamlPlace> members =
        place.members(List.of("username", "password", "status", "attributes", "groups"));
    YamlPlace username = members.get("username");
    if (username == null) {
      throw place.wrong("'username' is missing");
    }
    return new StartPool.User(
        place.where(),
        username.text(),
        text(members, "password"),
        YamlPlace.member(members, "attributes").map(PoolFile::texts),
        items(members, "groups").stream().map(YamlPlace::text).toList(),
        YamlPlace.member(members, "status").map(PoolFile::status).orElse(UserStatus.CONFIRMED));
  }

  private static UserStatus status(YamlPlace place) {
    List<UserStatus> possible =
        List.of(
            UserStatus.CONFIRMED,
            UserStatus.UNCONFIRMED,
            UserStatus.FORCE_CHANGE_PASSWORD,
            UserStatus.RESET_REQUIRED);
    String name = place.text();
    return possible.stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(() -> place.wrong("'" + name + "' is not one of " + possible));
  }

  private static Map<String, String> texts(YamlPlace place) {
    Map<String, String> texts = new LinkedHashMap<>();
    place.members().forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }

  private static List<YamlPlace> items(Map<String, YamlPlace> members, String key) {
    return YamlPlace.member(members, key).map(YamlPlace::items).orElse(List.of());
  }

  private static @Nullable String text(Map<String, YamlPlace> members, String key) {
    Optional<YamlPlace> place = YamlPlace.member(members, key);
    return place.map(YamlPlace::text).orElse(null);
  }
}
