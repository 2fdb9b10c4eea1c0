package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.Map;

/** The identity providers of a pool, of which those of the type OIDC are emulated. */
final class IdentityProviderOperations {
  private static final int MOST = 300;
  private static final int LARGEST_PAGE = 60;
  private static final Pages<IdentityProvider> PAGES =
      new Pages<>(
          "identity-providers-page",
          "Providers",
          IdentityProvider::name,
          IdentityProvider::summary);

  private IdentityProviderOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateIdentityProvider", IdentityProviderOperations::create,
        "DescribeIdentityProvider", IdentityProviderOperations::describe,
        "UpdateIdentityProvider", IdentityProviderOperations::update,
        "DeleteIdentityProvider", IdentityProviderOperations::delete,
        "ListIdentityProviders", IdentityProviderOperations::list,
        "GetIdentityProviderByIdentifier", IdentityProviderOperations::byIdentifier);
  }

  private static ObjectNode create(Call call) {
    Pool pool = call.pool();
    String type = call.request().required("ProviderType");
    if (!type.equals("OIDC")) {
      throw WireError.notEmulated("identity providers of the type " + type);
    }
    IdentityProvider provider = IdentityProvider.of(pool, call.request(), call.now());
    ReplicatedMap<IdentityProvider> providers = pool.oauth().identityProviders();
    return call.cognito()
        .log()
        .atomically(
            () -> {
              boolean taken =
                  provider.name().equals(OAuthSettings.COGNITO)
                      || providers.get(RegionRole.PRIMARY, provider.name()).isPresent();
              if (taken) {
                throw WireError.of(
                    "DuplicateProviderException", "A provider with this name exists already.");
              }
              checkIdentifiers(pool, provider);
              if (providers.size(RegionRole.PRIMARY) >= MOST) {
                throw WireError.limitExceeded("At most " + MOST + " identity providers are kept.");
              }
              providers.put(provider.name(), provider);
              return answer(provider);
            });
  }

  private static void checkIdentifiers(Pool pool, IdentityProvider provider) {
    for (String identifier : provider.identifiers()) {
      pool.oauth()
          .providerOf(RegionRole.PRIMARY, identifier)
          .filter(other -> !other.name().equals(provider.name()))
          .ifPresent(
              other -> {
                throw WireError.invalidParameter(
                    "An identifier of the provider belongs to another provider.");
              });
    }
  }

  private static ObjectNode answer(IdentityProvider provider) {
    return WireJson.object().set("IdentityProvider", provider.describe());
  }

  private static ObjectNode describe(Call call) {
    return answer(
        call.pool()
            .oauth()
            .identityProviders()
            .get(call.role(), call.request().required("ProviderName"))
            .orElseThrow(IdentityProviderOperations::noSuchProvider));
  }

  private static ObjectNode update(Call call) {
    Pool pool = call.pool();
    return answer(
        pool.oauth()
            .identityProviders()
            .update(
                call.request().required("ProviderName"),
                old -> {
                  IdentityProvider changed = old.updated(call.request(), call.now());
                  checkIdentifiers(pool, changed);
                  return changed;
                })
            .orElseThrow(IdentityProviderOperations::noSuchProvider));
  }

  private static ObjectNode delete(Call call) {
    String name = call.request().required("ProviderName");
    if (!call.pool().oauth().identityProviders().remove(name)) {
      throw noSuchProvider();
    }
    return WireJson.object();
  }

  private static ObjectNode list(Call call) {
    Pool pool = call.pool();
    return PAGES.answer(
        call,
        pool,
        LARGEST_PAGE,
        (after, limit) -> pool.oauth().identityProviders().after(call.role(), after, limit));
  }

  private static ObjectNode byIdentifier(Call call) {
    return answer(
        call.pool()
            .oauth()
            .providerOf(call.role(), call.request().required("IdpIdentifier"))
            .orElseThrow(IdentityProviderOperations::noSuchProvider));
  }

  private static WireError noSuchProvider() {
    return WireError.of("ResourceNotFoundException", "Identity provider does not exist.");
  }
}
