package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The endpoints of an {@link EmulatedIdentityProvider}. Thread-safe. */
final class ProviderService implements EmulatorHttpServer.Handler {
  private static final int KEPT = 10_000;
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Pattern CALLBACK =
      Pattern.compile("https?://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}/oauth2/idpresponse");

  private final InstantSource clock;
  private final FreshNames names;
  private final SigningKey key;
  private final String clientId;
  private final String clientSecret;
  private final Map<String, User> users = new BoundedMap<>(KEPT);
  private final Map<String, Grant> codes = new BoundedMap<>(KEPT);
  private final Map<String, User> accessTokens = new BoundedMap<>(KEPT);

  private record User(String sub, String email) {}

  private record Grant(User user, String redirectUri, String nonce) {}

  /** One without users. */
  ProviderService(InstantSource clock, SecureRandom random) {
    this(clock, new FreshNames(random), SigningKey.fresh(random));
  }

  private ProviderService(InstantSource clock, FreshNames names, SigningKey key) {
    this(clock, names, key, names.clientId(), names.clientSecret());
  }

  private ProviderService(
      InstantSource clock, FreshNames names, SigningKey key, String clientId, String clientSecret) {
    this.clock = clock;
    this.names = names;
    this.key = key;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** The same provider without users, codes and tokens. */
  ProviderService fresh() {
    return new ProviderService(clock, names, key, clientId, clientSecret);
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  synchronized void addUser(String sub, String email) {
    if (sub.isEmpty() || email.isEmpty() || find(sub).isPresent() || find(email).isPresent()) {
      throw new IllegalArgumentException("sub '" + sub + "': empty, or there is one already");
    }
    users.put(sub, new User(sub, email));
  }

  private Optional<User> find(String name) {
    return users.values().stream()
        .filter(user -> user.sub().equals(name) || user.email().equals(name))
        .findFirst();
  }

  @Override
  public synchronized Reply handle(ReceivedRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /.well-known/openid-configuration" -> DomainReply.json(200, discovery(request));
        case "GET /jwks.json" -> DomainReply.json(200, keys());
        case "GET /authorize" -> page(request, 200, "");
        case "POST /authorize" -> signIn(request);
        case "POST /token" -> DomainReply.json(200, tokens(request));
        case "GET /userinfo" -> userInfo(request);
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

  private ObjectNode keys() {
    ObjectNode answer = WireJson.object();
    String json = key.published().toJSONString();
    answer.putArray("keys").add(WireJson.read(json.getBytes(StandardCharsets.UTF_8)));
    return answer;
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

  private Reply page(ReceivedRequest request, int status, String complaint) {
    String hint = checked(request).get("login_hint").orElse("");
    return DomainReply.page(status, LoginPage.providerForm(request.query(), hint, complaint));
  }

  private Reply signIn(ReceivedRequest request) {
    Parameters query = checked(request);
    Optional<User> user = find(Parameters.form(request).get("username").orElse(""));
    if (user.isEmpty()) {
      return page(request, 200, "Nobody is called that.");
    }
    String code = names.uuid();
    String redirectUri = query.required("redirect_uri");
    codes.put(code, new Grant(user.get(), redirectUri, query.get("nonce").orElse("")));
    Map<String, String> back = new LinkedHashMap<>();
    back.put("code", code);
    query.get("state").ifPresent(state -> back.put("state", state));
    return DomainReply.redirect(DomainReply.with(redirectUri, back));
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
        .put("expires_in", LIFETIME.toSeconds())
        .put("id_token", idToken(issuer(request), grant));
  }

  private String idToken(String issuer, Grant grant) {
    Instant now = clock.instant();
    return key.sign(
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(clientId)
            .subject(grant.user().sub())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .claim("nonce", grant.nonce())
            .claim("email", grant.user().email())
            .build());
  }

  private Reply userInfo(ReceivedRequest request) {
    User user = accessTokens.get(request.header("authorization").replaceFirst("^Bearer ", ""));
    if (user == null) {
      throw new OAuthError(401, "invalid_token", "");
    }
    return DomainReply.json(
        200,
        WireJson.object()
            .put("sub", user.sub())
            .put("email", user.email())
            .put("email_verified", true));
  }
}
