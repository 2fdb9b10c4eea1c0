package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.util.Map;
import java.util.Set;

/** A pool's domain as one Region serves it: OAuth 2.0 and managed login. Thread-safe. */
final class DomainService {
  private static final String TOKEN = "oauth2/token";
  private static final Map<String, Set<String>> METHODS =
      Map.ofEntries(
          Map.entry("oauth2/authorize", Set.of("GET")),
          Map.entry("oauth2/idpresponse", Set.of("GET", "POST")),
          Map.entry("saml2/idpresponse", Set.of("POST")),
          Map.entry("saml2/logout", Set.of("POST")),
          Map.entry("login", Set.of("GET", "POST")),
          Map.entry("logout", Set.of("GET")),
          Map.entry(TOKEN, Set.of("POST")),
          Map.entry("oauth2/revoke", Set.of("POST")),
          Map.entry("oauth2/userInfo", Set.of("GET", "POST")));
  private static final Set<String> PAGES =
      Set.of(
          "oauth2/authorize",
          "oauth2/idpresponse",
          "saml2/idpresponse",
          "saml2/logout",
          "login",
          "logout");

  private final EmulatedCognito cognito;
  private final RegionRole role;
  private final ProviderClients providers;
  private final Counters calls = new Counters();
  private final Counters duplicates = new Counters();

  DomainService(EmulatedCognito cognito, RegionRole role) {
    this.cognito = cognito;
    this.role = role;
    providers = new ProviderClients(cognito.providerHttp(), cognito.counterparts());
  }

  /** Requests that reached this Region's side of the domain, by path. */
  Counters calls() {
    return calls;
  }

  /** Requests that were processed before, by path. */
  Counters duplicates() {
    return duplicates;
  }

  /** Answers a request to the domain of a pool. */
  Reply answer(String poolId, ReceivedRequest request) {
    String path = request.path().substring(Math.min(1, request.path().length()));
    Set<String> methods = METHODS.get(path);
    if (methods == null) {
      return DomainReply.page(404, LoginPage.error("There is nothing at this path."));
    }
    calls.increment(path);
    try {
      if (!methods.contains(request.method())) {
        throw new OAuthError(405, "invalid_request", "");
      }
      cognito.log().catchUp();
      return dispatch(
          path, new DomainCall(call(), pool(poolId), request, providers, () -> repeated(path)));
    } catch (OAuthError error) {
      return PAGES.contains(path)
          ? DomainReply.page(error.status(), LoginPage.error(error.error()))
          : DomainReply.error(error);
    }
  }

  private Call call() {
    return new Call(cognito, role, new JsonRequest(WireJson.object()));
  }

  private void repeated(String path) {
    duplicates.increment(path);
  }

  /** That a replica which is not ACTIVE answers like this is an assumption. */
  private Pool pool(String poolId) {
    Pool pool = cognito.pool(poolId).orElseThrow(OAuthError::invalidRequest);
    boolean serves =
        role == RegionRole.PRIMARY
            || pool.replica()
                .status(cognito.now())
                .filter(ReplicaStatus.ACTIVE::equals)
                .isPresent();
    if (!serves) {
      throw new OAuthError(
          400, "invalid_request", "The domain is not enabled in " + cognito.region(role) + ".");
    }
    return pool;
  }

  private Reply dispatch(String path, DomainCall call) {
    return switch (path) {
      case "oauth2/authorize" -> AuthorizeEndpoint.answer(call);
      case "login" ->
          call.request().method().equals("GET")
              ? LoginEndpoint.show(call)
              : LoginEndpoint.submit(call);
      case "oauth2/idpresponse" -> FederationEnd.answer(call);
      case "saml2/idpresponse" -> SamlEnd.answer(call);
      case "saml2/logout" -> SamlSignOut.end(call);
      case "logout" -> LogoutEndpoint.answer(call);
      case TOKEN -> token(call);
      case "oauth2/revoke" -> RevokeEndpoint.answer(call);
      default -> UserInfoEndpoint.answer(call);
    };
  }

  private Reply token(DomainCall call) {
    if (cognito.duplicates().repeats(TOKEN, call.request().headers())) {
      call.isDuplicate();
    }
    return TokenEndpoint.answer(call, cognito.served().begin(role, TOKEN));
  }
}
