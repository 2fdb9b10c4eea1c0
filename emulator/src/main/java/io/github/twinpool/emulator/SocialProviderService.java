package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of an {@link EmulatedSocialProvider}, at the paths of the real one. Thread-safe.
 */
final class SocialProviderService implements EmulatorHttpServer.Handler {
  private static final int KEPT = 10_000;
  private static final Pattern CALLBACK =
      Pattern.compile("http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}/oauth2/idpresponse");
  private static final Pattern VERSION = Pattern.compile("/(v[0-9]{1,3}\\.[0-9]{1,2})/.*");

  private final SocialProvider provider;
  private final InstantSource clock;
  private final FreshNames names;
  private final ProviderTokens tokens;
  private final Map<String, String> details;
  private final @Nullable ECPublicKey appleKey;
  private final Map<String, User> users = new BoundedMap<>(KEPT);
  private final Map<String, Grant> codes = new BoundedMap<>(KEPT);
  private final Map<String, Grant> accessTokens = new BoundedMap<>(KEPT);

  /** Those who agreed before, of whom Apple does not tell the name again. */
  private final Set<String> known = new HashSet<>();

  private record User(String id, Map<String, String> claims) {
    boolean isCalled(String name) {
      return id.equals(name) || claims.getOrDefault("email", "").equals(name);
    }
  }

  private record Grant(User user, Set<String> scopes, String redirectUri, String nonce) {}

  SocialProviderService(SocialProvider provider, InstantSource clock, SecureRandom random) {
    this.provider = provider;
    this.clock = clock;
    names = new FreshNames(random);
    tokens = new ProviderTokens(clock, random);
    details = new LinkedHashMap<>();
    appleKey = provider == SocialProvider.APPLE ? addAppleClient(random) : addClient();
  }

  private SocialProviderService(SocialProviderService before) {
    provider = before.provider;
    clock = before.clock;
    names = before.names;
    tokens = before.tokens.fresh();
    details = before.details;
    appleKey = before.appleKey;
  }

  /** The same provider and client, without users, codes, tokens and faults. */
  SocialProviderService fresh() {
    return new SocialProviderService(this);
  }

  private @Nullable ECPublicKey addClient() {
    details.put("client_id", names.clientId());
    details.put("client_secret", names.clientSecret());
    details.put(
        "authorize_scopes",
        switch (provider) {
          case FACEBOOK -> "public_profile, email";
          case AMAZON -> "profile postal_code";
          default -> "email profile openid";
        });
    if (provider == SocialProvider.FACEBOOK) {
      details.put("api_version", SocialSite.FACEBOOK_VERSION);
    }
    return null;
  }

  private ECPublicKey addAppleClient(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      details.put("client_id", "test.twinpool." + names.group());
      details.put("team_id", names.group());
      details.put("key_id", names.group());
      details.put(
          "private_key", Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
      details.put("authorize_scopes", "email name");
      return (ECPublicKey) pair.getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has this curve", e);
    }
  }

  SocialProvider provider() {
    return provider;
  }

  Map<String, String> details() {
    return new LinkedHashMap<>(details);
  }

  void fault(TokenFault fault) {
    boolean ofIdTokens = fault != TokenFault.NONE && fault != TokenFault.DENIED;
    if (ofIdTokens && site("").keys().isEmpty()) {
      throw new IllegalArgumentException(
          "fault: " + fault + ": " + provider.providerName() + " has no ID tokens");
    }
    tokens.fault(fault);
  }

  synchronized void addUser(String id, Map<String, String> claims) {
    if (id.isEmpty() || find(id).isPresent()) {
      throw new IllegalArgumentException("id '" + id + "': empty, or there is one already");
    }
    users.put(id, new User(id, Map.copyOf(claims)));
  }

  private Optional<User> find(String name) {
    return users.values().stream()
        .filter(user -> !name.isEmpty() && user.isCalled(name))
        .findFirst();
  }

  /** The endpoints as a path has them, which at Facebook begins with a version. */
  private SocialSite site(String path) {
    Matcher version = VERSION.matcher(path);
    return SocialSite.of(
        provider, version.matches() ? version.group(1) : SocialSite.FACEBOOK_VERSION);
  }

  @Override
  public synchronized Reply handle(ReceivedRequest request) {
    SocialSite site = site(request.path());
    try {
      if (request.path().equals(SocialSite.path(site.authorize()))) {
        return request.method().equals("POST") ? signIn(request) : page(request, "");
      }
      if (request.path().equals(SocialSite.path(site.token()))
          && request.method().equals(site.tokenByGet() ? "GET" : "POST")) {
        return DomainReply.json(200, tokens(request, site));
      }
      if (request.method().equals("GET") && isAt(request, site.attributes())) {
        return DomainReply.json(200, attributes(request));
      }
      if (request.method().equals("GET") && isAt(request, site.keys())) {
        return DomainReply.json(200, tokens.keys());
      }
      return DomainReply.page(404, LoginPage.error("There is nothing at this path."));
    } catch (OAuthError error) {
      return DomainReply.error(error);
    }
  }

  private static boolean isAt(ReceivedRequest request, String url) {
    return !url.isEmpty() && request.path().equals(SocialSite.path(url));
  }

  private Parameters checked(ReceivedRequest request) {
    Parameters query = Parameters.parse(request.query());
    boolean postsBack = query.get("response_mode").filter("form_post"::equals).isPresent();
    boolean good =
        query.required("client_id").equals(details.get("client_id"))
            && query.required("response_type").equals("code")
            && CALLBACK.matcher(query.required("redirect_uri")).matches()
            && (postsBack || provider != SocialProvider.APPLE || scopes(query).isEmpty());
    if (!good) {
      throw OAuthError.invalidRequest();
    }
    return query;
  }

  /** With blanks between them, at Facebook with commas. */
  private static Set<String> scopes(Parameters query) {
    Set<String> scopes = new HashSet<>();
    Arrays.stream(query.get("scope").orElse("").split("[ ,]+", -1))
        .filter(scope -> !scope.isEmpty())
        .forEach(scopes::add);
    return scopes;
  }

  private Reply page(ReceivedRequest request, String complaint) {
    checked(request);
    return ProviderPage.form(request.path(), request.query(), "", complaint);
  }

  private Reply signIn(ReceivedRequest request) {
    Parameters query = checked(request);
    if (tokens.deny()) {
      return back(query, Map.of("error", "access_denied"));
    }
    Optional<User> user = find(Parameters.form(request).get("username").orElse(""));
    if (user.isEmpty()) {
      return page(request, "There is no such user.");
    }
    Set<String> scopes = scopes(query);
    String code = names.uuid();
    codes.put(
        code,
        new Grant(
            user.get(), scopes, query.required("redirect_uri"), query.get("nonce").orElse("")));
    Map<String, String> back = new LinkedHashMap<>();
    back.put("code", code);
    if (provider == SocialProvider.APPLE && scopes.contains("name") && known.add(user.get().id())) {
      back.put("user", name(user.get()));
    }
    return back(query, back);
  }

  private static String name(User user) {
    ObjectNode json = WireJson.object();
    json.putObject("name")
        .put("firstName", user.claims().getOrDefault("firstName", ""))
        .put("lastName", user.claims().getOrDefault("lastName", ""));
    return new String(WireJson.write(json), StandardCharsets.UTF_8);
  }

  private static Reply back(Parameters query, Map<String, String> answer) {
    Map<String, String> all = new LinkedHashMap<>(answer);
    query.get("state").ifPresent(state -> all.put("state", state));
    String address = query.required("redirect_uri");
    return query.get("response_mode").filter("form_post"::equals).isPresent()
        ? ProviderPage.selfPosting(address, all)
        : DomainReply.redirect(DomainReply.with(address, all));
  }

  private ObjectNode tokens(ReceivedRequest request, SocialSite site) {
    Parameters form =
        site.tokenByGet() ? Parameters.parse(request.query()) : Parameters.form(request);
    checkClient(form);
    Grant grant = codes.remove(form.required("code"));
    if (grant == null || !grant.redirectUri().equals(form.required("redirect_uri"))) {
      throw OAuthError.invalidGrant();
    }
    String accessToken = names.uuid();
    accessTokens.put(accessToken, grant);
    ObjectNode answer =
        WireJson.object()
            .put("access_token", accessToken)
            .put("token_type", "bearer")
            .put("expires_in", ProviderTokens.LIFETIME.toSeconds());
    if (!site.keys().isEmpty()) {
      answer.put(
          "id_token",
          tokens.idToken(
              site.issuer(),
              String.valueOf(details.get("client_id")),
              grant.user().id(),
              grant.nonce(),
              inIdToken(grant)));
    }
    return answer;
  }

  private void checkClient(Parameters form) {
    String secret = form.required("client_secret");
    boolean good =
        form.required("client_id").equals(details.get("client_id"))
            && (appleKey != null
                ? AppleSecret.isGood(secret, details, appleKey, clock.instant())
                : MessageDigest.isEqual(
                    secret.getBytes(StandardCharsets.UTF_8),
                    details.getOrDefault("client_secret", "").getBytes(StandardCharsets.UTF_8)));
    if (!good) {
      throw new OAuthError(401, "invalid_client", "");
    }
  }

  /** What the granted scopes put into an ID token of Google or Apple. */
  private static Map<String, Object> inIdToken(Grant grant) {
    Map<String, Object> claims = new LinkedHashMap<>();
    if (grant.scopes().contains("email")) {
      copy(grant, claims, "email");
      String verified = grant.user().claims().get("email_verified");
      if (verified != null) {
        claims.put("email_verified", Boolean.parseBoolean(verified));
      }
    }
    if (grant.scopes().contains("profile")) {
      for (String name : List.of("name", "given_name", "family_name", "picture", "locale")) {
        copy(grant, claims, name);
      }
    }
    return claims;
  }

  private static void copy(Grant grant, Map<String, Object> claims, String name) {
    String value = grant.user().claims().get(name);
    if (value != null) {
      claims.put(name, value);
    }
  }

  private ObjectNode attributes(ReceivedRequest request) {
    Parameters query = Parameters.parse(request.query());
    Grant grant = accessTokens.get(request.header("authorization").replaceFirst("^Bearer ", ""));
    if (grant == null) {
      throw new OAuthError(401, "invalid_token", "");
    }
    ObjectNode answer = WireJson.object();
    for (String name : asked(query, grant)) {
      String value =
          name.equals(ProviderType.valueOf(provider.name()).subject())
              ? grant.user().id()
              : grant.user().claims().get(name);
      if (value != null) {
        answer.put(name, value);
      }
    }
    return answer;
  }

  /** What the request names and the scopes allow; at Amazon, the scopes alone decide. */
  private List<String> asked(Parameters query, Grant grant) {
    Set<String> scopes = grant.scopes();
    return switch (provider) {
      case FACEBOOK ->
          split(query.get("fields"))
              .filter(name -> !name.equals("email") || scopes.contains("email"))
              .toList();
      case AMAZON -> {
        if (scopes.contains("profile")) {
          yield scopes.contains("postal_code")
              ? List.of("user_id", "name", "email", "postal_code")
              : List.of("user_id", "name", "email");
        }
        yield scopes.contains("postal_code")
            ? List.of("user_id", "postal_code")
            : List.of("user_id");
      }
      default -> split(query.get("personFields")).toList();
    };
  }

  private static Stream<String> split(Optional<String> names) {
    return Arrays.stream(names.orElse("").split(",", -1)).map(String::strip);
  }
}
