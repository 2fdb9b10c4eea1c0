package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The endpoints of an {@link EmulatedIdentityProvider}. Thread-safe. */
final class ProviderService implements EmulatorHttpServer.Handler {
  private static final int KEPT = 10_000;
  private static final Pattern CALLBACK =
      Pattern.compile("http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}/oauth2/idpresponse");

  private final FreshNames names;
  private final ProviderTokens tokens;
  private final String clientId;
  private final String clientSecret;
  private final Map<String, User> users = new BoundedMap<>(KEPT);
  private final Map<String, Grant> codes = new BoundedMap<>(KEPT);
  private final Map<String, User> accessTokens = new BoundedMap<>(KEPT);

  /**
   * A user.
   *
   * @param claims what is said of them, each claim with its values
   */
  private record User(String sub, Map<String, List<String>> claims) {
    boolean isCalled(String name) {
      return sub.equals(name) || email().equals(name);
    }

    String email() {
      return claims.getOrDefault("email", List.of("")).get(0);
    }
  }

  private record Grant(User user, String redirectUri, String nonce) {}

  /** One without users. */
  ProviderService(InstantSource clock, SecureRandom random) {
    this(new FreshNames(random), new ProviderTokens(clock, random));
  }

  private ProviderService(FreshNames names, ProviderTokens tokens) {
    this(names, tokens, names.clientId(), names.clientSecret());
  }

  private ProviderService(
      FreshNames names, ProviderTokens tokens, String clientId, String clientSecret) {
    this.names = names;
    this.tokens = tokens;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** The same provider without users, codes, tokens and faults. */
  ProviderService fresh() {
    return new ProviderService(names, tokens.fresh(), clientId, clientSecret);
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  void fault(TokenFault fault) {
    tokens.fault(fault);
  }

  synchronized void addUser(String sub, Map<String, List<String>> claims) {
    User user = new User(sub, Map.copyOf(claims));
    boolean taken = find(sub).isPresent() || find(user.email()).isPresent();
    if (sub.isEmpty() || taken) {
      throw new IllegalArgumentException("sub '" + sub + "': empty, or there is one already");
    }
    users.put(sub, user);
  }

  private Optional<User> find(String name) {
    return users.values().stream()
        .filter(user -> !name.isEmpty() && user.isCalled(name))
        .findFirst();
  }

  @Override
  public synchronized Reply handle(ReceivedRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /.well-known/openid-configuration" -> DomainReply.json(200, discovery(request));
        case "GET /jwks.json" -> DomainReply.json(200, tokens.keys());
        case "GET /authorize" -> page(request, "");
        case "POST /authorize" -> signIn(request);
        case "POST /token" -> DomainReply.json(200, tokens(request));
        case "GET /userinfo", "POST /userinfo" -> userInfo(request);
        default -> DomainReply.page(404, LoginPage.error("There is nothing at this path."));
      };
    } catch (OAuthError error) {
      return DomainReply.error(error);
    }
  }

  private static String issuer(ReceivedRequest request) {
    return "http://127.0.0.1:" + request.header("host").replaceFirst(".*:", "");
  }

  private static ObjectNode discovery(ReceivedRequest request) {
    String issuer = issuer(request);
    ObjectNode document =
        WireJson.object()
            .put("issuer", issuer)
            .put("authorization_endpoint", issuer + "/authorize")
            .put("token_endpoint", issuer + "/token")
            .put("userinfo_endpoint", issuer + "/userinfo")
            .put("jwks_uri", issuer + "/jwks.json");
    document.putArray("response_types_supported").add("code");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256");
    return document;
  }

  private Parameters checked(ReceivedRequest request) {
    Parameters query = Parameters.parse(request.query());
    boolean good =
        query.required("client_id").equals(clientId)
            && query.required("response_type").equals("code")
            && CALLBACK.matcher(query.required("redirect_uri")).matches();
    if (!good) {
      throw OAuthError.invalidRequest();
    }
    return query;
  }

  private Reply page(ReceivedRequest request, String complaint) {
    String hint = checked(request).get("login_hint").orElse("");
    return ProviderPage.form("/authorize", request.query(), hint, complaint);
  }

  private Reply signIn(ReceivedRequest request) {
    Parameters query = checked(request);
    if (tokens.deny()) {
      return back(query, "error", "access_denied");
    }
    Optional<User> user = find(Parameters.form(request).get("username").orElse(""));
    if (user.isEmpty()) {
      return page(request, "There is no such user.");
    }
    String code = names.uuid();
    String redirectUri = query.required("redirect_uri");
    codes.put(code, new Grant(user.get(), redirectUri, query.get("nonce").orElse("")));
    return back(query, "code", code);
  }

  private static Reply back(Parameters query, String name, String value) {
    Map<String, String> back = new LinkedHashMap<>();
    back.put(name, value);
    query.get("state").ifPresent(state -> back.put("state", state));
    return DomainReply.redirect(DomainReply.with(query.required("redirect_uri"), back));
  }

  private ObjectNode tokens(ReceivedRequest request) {
    Parameters form = Parameters.form(request);
    if (!form.required("client_id").equals(clientId)
        || !MessageDigest.isEqual(
            form.required("client_secret").getBytes(StandardCharsets.UTF_8),
            clientSecret.getBytes(StandardCharsets.UTF_8))) {
      throw new OAuthError(401, "invalid_client", "");
    }
    Grant grant = codes.remove(form.required("code"));
    if (grant == null || !grant.redirectUri().equals(form.required("redirect_uri"))) {
      throw OAuthError.invalidGrant();
    }
    String accessToken = names.uuid();
    accessTokens.put(accessToken, grant.user());
    return WireJson.object()
        .put("access_token", accessToken)
        .put("token_type", "Bearer")
        .put("expires_in", ProviderTokens.LIFETIME.toSeconds())
        .put(
            "id_token",
            tokens.idToken(
                issuer(request),
                clientId,
                grant.user().sub(),
                grant.nonce(),
                Map.of("email", grant.user().email())));
  }

  private Reply userInfo(ReceivedRequest request) {
    User user = accessTokens.get(request.header("authorization").replaceFirst("^Bearer ", ""));
    if (user == null) {
      throw new OAuthError(401, "invalid_token", "");
    }
    ObjectNode answer = WireJson.object().put("sub", user.sub());
    user.claims().forEach((name, values) -> put(answer, name, values));
    return DomainReply.json(200, answer);
  }

  private static void put(ObjectNode answer, String name, List<String> values) {
    if (values.size() != 1) {
      values.forEach(answer.putArray(name)::add);
    } else if (name.endsWith("_verified")) {
      answer.put(name, Boolean.parseBoolean(values.get(0)));
    } else {
      answer.put(name, values.get(0));
    }
  }
}
