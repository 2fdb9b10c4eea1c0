package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** App clients and their secrets. */
final class ClientOperations {
  private ClientOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPoolClient", ClientOperations::create,
        "DescribeUserPoolClient", ClientOperations::describe,
        "UpdateUserPoolClient", ClientOperations::update,
        "ListUserPoolClients", ClientOperations::list,
        "DeleteUserPoolClient", ClientOperations::delete,
        "AddUserPoolClientSecret", ClientOperations::addSecret,
        "DeleteUserPoolClientSecret", ClientOperations::deleteSecret,
        "ListUserPoolClientSecrets", ClientOperations::listSecrets);
  }

  /** One page of at most 60, in the order of the IDs. */
  private static ObjectNode list(Call call) {
    Pool pool = call.pool();
    int limit = call.request().number("MaxResults").orElse(60);
    String from = call.request().text("NextToken").orElse("");
    List<AppClient> found = call.cognito().clientsAfter(call.role(), pool.id(), from, limit + 1);
    ObjectNode answer = WireJson.object();
    ArrayNode clients = answer.putArray("UserPoolClients");
    found.stream()
        .limit(limit)
        .forEach(
            client ->
                clients
                    .addObject()
                    .put("ClientId", client.id())
                    .put("UserPoolId", pool.id())
                    .set("ClientName", client.describe().path("ClientName")));
    return found.size() > limit ? answer.put("NextToken", found.get(limit - 1).id()) : answer;
  }

  private static ObjectNode create(Call call) {
    Pool pool = call.pool();
    Optional<String> given = call.request().text("ClientSecret");
    boolean generate = call.request().flag("GenerateSecret", false);
    if (given.isPresent() && generate) {
      throw WireError.invalidParameter("GenerateSecret and ClientSecret exclude each other.");
    }
    FreshNames names = call.cognito().names();
    String id = names.clientId();
    Optional<String> secret = generate ? Optional.of(names.clientSecret()) : given;
    ClientSecrets secrets =
        secret
            .map(value -> ClientSecrets.NONE.with(id, value, call.now()))
            .orElse(ClientSecrets.NONE);
    AppClient client = AppClient.of(call.request(), id, secrets, pool.id(), call.now());
    pool.oauth().check(client);
    client.attributes().check(pool.settings(call.role()).schema(), "creating");
    return answer(call.cognito().add(client, false));
  }

  private static ObjectNode answer(AppClient client) {
    return WireJson.object().set("UserPoolClient", client.describe());
  }

  private static ObjectNode describe(Call call) {
    return answer(call.client());
  }

  /** Resets what the request leaves out, as the service does. */
  private static ObjectNode update(Call call) {
    Pool pool = call.poolOf(call.client());
    return answer(
        change(
            call,
            client -> {
              AppClient updated = client.updated(call.request(), call.now());
              pool.oauth().check(updated);
              updated.attributes().check(pool.settings(call.role()).schema(), "updating");
              return updated;
            }));
  }

  private static ObjectNode delete(Call call) {
    call.cognito().remove(call.client());
    return WireJson.object();
  }

  private static AppClient change(Call call, UnaryOperator<AppClient> change) {
    return call.cognito().update(call.client().id(), change);
  }

  private static ObjectNode addSecret(Call call) {
    Optional<String> given = call.request().text("ClientSecret");
    String value = given.orElseGet(call.cognito().names()::clientSecret);
    AppClient changed =
        change(
            call,
            client -> {
              if (client.secrets().isEmpty()) {
                throw WireError.invalidParameter("The app client has no secret to add another to.");
              }
              return client.withSecrets(client.secrets().with(client.id(), value, call.now()));
            });
    ObjectNode description = changed.secrets().last().describe();
    if (given.isEmpty()) {
      description.put("ClientSecretValue", value);
    }
    return WireJson.object().set("ClientSecretDescriptor", description);
  }

  private static ObjectNode deleteSecret(Call call) {
    String id = call.request().required("ClientSecretId");
    change(call, client -> client.withSecrets(client.secrets().without(id)));
    return WireJson.object();
  }

  private static ObjectNode listSecrets(Call call) {
    ObjectNode answer = WireJson.object();
    ArrayNode list = answer.putArray("ClientSecrets");
    call.client().secrets().active().stream()
        .map(ClientSecrets.Secret::describe)
        .forEach(list::add);
    return answer;
  }
}
