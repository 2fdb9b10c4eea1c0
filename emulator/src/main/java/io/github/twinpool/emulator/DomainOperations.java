package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.List;
import java.util.Map;

/**
 * CreateUserPoolDomain, UpdateUserPoolDomain, DescribeUserPoolDomain, DeleteUserPoolDomain. What
 * they change takes effect at the domain's hosts at once.
 */
final class DomainOperations {
  private static final List<String> RESERVED = List.of("aws", "amazon", "cognito");

  private DomainOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPoolDomain", DomainOperations::create,
        "UpdateUserPoolDomain", DomainOperations::update,
        "DescribeUserPoolDomain", DomainOperations::describe,
        "DeleteUserPoolDomain", DomainOperations::delete);
  }

  private static ObjectNode create(Call call) {
    Domains domains = call.cognito().domains();
    PoolDomain domain = requested(call);
    checkReserved(domain);
    if (domain.custom() && call.role() == RegionRole.SECONDARY) {
      throw WireError.invalidParameter("A replica cannot have a custom domain of its own.");
    }
    if (domains.taken(domain.name())) {
      throw WireError.invalidParameter("Domain already exists.");
    }
    if (domains.of(call.role(), domain.poolId(), domain.custom()).isPresent()) {
      throw WireError.invalidParameter("User pool already has a domain of this kind.");
    }
    domains.put(call.role(), domain);
    return domain.answer();
  }

  /** (Source: developer guide, "Using the Amazon Cognito domain"; the message was seen.) */
  private static void checkReserved(PoolDomain domain) {
    for (String word : RESERVED) {
      if (!domain.custom() && domain.name().contains(word)) {
        throw WireError.invalidParameter("Domain cannot contain reserved word: " + word);
      }
    }
  }

  private static ObjectNode update(Call call) {
    PoolDomain before = existing(call);
    PoolDomain domain = requested(call);
    RegionRole owner = before.custom() ? RegionRole.PRIMARY : call.role();
    call.cognito().domains().put(owner, domain);
    return domain.answer();
  }

  /** A domain that a Region does not know is described as nothing, with status 200. */
  private static ObjectNode describe(Call call) {
    ObjectNode description =
        call.cognito()
            .domains()
            .of(call.role(), call.request().required("Domain"))
            .map(domain -> domain.describe(PoolOperations.ACCOUNT))
            .orElseGet(WireJson::object);
    return WireJson.object().set("DomainDescription", description);
  }

  private static ObjectNode delete(Call call) {
    call.cognito().domains().remove(call.role(), existing(call));
    return WireJson.object();
  }

  private static PoolDomain requested(Call call) {
    return PoolDomain.of(
        call.pool(),
        call.request(),
        call.cognito().region(RegionRole.SECONDARY),
        call.cognito().healthChecks());
  }

  private static PoolDomain existing(Call call) {
    String name = call.request().required("Domain");
    return call.cognito()
        .domains()
        .of(call.role(), name)
        .filter(domain -> domain.poolId().equals(call.pool().id()))
        .orElseThrow(
            () -> WireError.of("ResourceNotFoundException", "Domain " + name + " does not exist."));
  }
}
