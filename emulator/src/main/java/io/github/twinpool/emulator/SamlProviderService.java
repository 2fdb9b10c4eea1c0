package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import io.github.twinpool.emulator.internal.saml.AuthnRequest;
import io.github.twinpool.emulator.internal.saml.Forgeries;
import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.LogoutRequest;
import io.github.twinpool.emulator.internal.saml.LogoutResponse;
import io.github.twinpool.emulator.internal.saml.NameId;
import io.github.twinpool.emulator.internal.saml.RedirectBinding;
import io.github.twinpool.emulator.internal.saml.ResponseDraft;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import io.github.twinpool.emulator.internal.saml.SamlRefusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The endpoints of an {@link EmulatedSamlProvider}. Thread-safe. */
final class SamlProviderService implements EmulatorHttpServer.Handler {
  private static final int KEPT = 10_000;
  private static final String NOBODY = "nobody@another.example";
  private static final String ANOTHER = "https://another.example";
  private static final String COOKIE = "twinpool-saml-session";
  private static final Pattern ACS =
      Pattern.compile("http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}/saml2/idpresponse");

  private final InstantSource clock;
  private final SecureRandom random;
  private final FreshNames names;
  private final SamlKey key;
  private final Map<String, Map<String, List<String>>> users = new BoundedMap<>(KEPT);
  private final Map<String, Session> sessions = new BoundedMap<>(KEPT);

  /** Where the sign-out of a session is answered, by its index. */
  private final Map<String, String> signOutEnds = new BoundedMap<>(KEPT);

  private Optional<X509Certificate> encryption = Optional.empty();
  private Optional<X509Certificate> requestSigner = Optional.empty();
  private SamlFault fault = SamlFault.NONE;
  private String lastAssertion = "";

  /**
   * A browser that signed in here.
   *
   * @param index what assertions call the session
   */
  private record Session(String user, String index) {}

  /**
   * What is to be answered.
   *
   * @param id of the request, if there was one
   * @param query that asked for it, to be repeated by the form
   */
  private record Asked(
      Optional<String> id,
      String audience,
      String answerTo,
      String relayState,
      String path,
      String query) {}

  SamlProviderService(InstantSource clock, SecureRandom random) {
    this(clock, random, SamlKey.fresh(random, "saml.idp.test", clock.instant()));
  }

  private SamlProviderService(InstantSource clock, SecureRandom random, SamlKey key) {
    this.clock = clock;
    this.random = random;
    names = new FreshNames(random);
    this.key = key;
  }

  /** The same provider without users and sessions, and without what it was told to do. */
  SamlProviderService fresh() {
    return new SamlProviderService(clock, random, key);
  }

  static String entityId(String base) {
    return base + "/metadata";
  }

  String metadata(String base) {
    return new IdpMetadata(
            entityId(base),
            base + "/sso",
            Optional.of(base + "/slo"),
            List.of(SamlKey.certificate(key.certificateText())))
        .toXml();
  }

  String unsolicited(String base, URI domain, String poolId, String relayState) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("answer_to", domain + SamlEnd.RESPONSE);
    parameters.put("audience", "urn:amazon:cognito:sp:" + poolId);
    parameters.put("RelayState", relayState);
    return DomainReply.with(base + "/unsolicited", parameters);
  }

  synchronized void addUser(String nameId, Map<String, List<String>> attributes) {
    if (nameId.isEmpty() || users.containsKey(nameId)) {
      throw new IllegalArgumentException("nameId '" + nameId + "': empty, or there is one already");
    }
    users.put(nameId, Map.copyOf(attributes));
  }

  synchronized void fault(SamlFault next) {
    fault = next;
  }

  synchronized void encryptFor(String certificate) {
    encryption = certificate(certificate);
  }

  synchronized void requireSignedRequests(String certificate) {
    requestSigner = certificate(certificate);
  }

  private static Optional<X509Certificate> certificate(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(SamlKey.certificate(text));
    } catch (SamlRefusal e) {
      throw new IllegalArgumentException("certificate: " + e.text(), e);
    }
  }

  @Override
  public synchronized Reply handle(ReceivedRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /metadata" -> document(request);
        case "GET /sso" -> begin(request, solicited(request));
        case "POST /sso" -> signIn(request, solicited(request));
        case "GET /unsolicited" -> begin(request, unsolicited(request));
        case "POST /unsolicited" -> signIn(request, unsolicited(request));
        case "GET /slo" -> signOut(request);
        default -> DomainReply.page(404, LoginPage.error("There is nothing at this path."));
      };
    } catch (SamlRefusal refusal) {
      return DomainReply.page(400, LoginPage.error(refusal.text()));
    } catch (OAuthError error) {
      return DomainReply.page(error.status(), LoginPage.error(error.error()));
    }
  }

  private static String base(ReceivedRequest request) {
    return "http://127.0.0.1:" + request.header("host").replaceFirst(".*:", "");
  }

  private Reply document(ReceivedRequest request) {
    Reply reply = DomainReply.page(200, metadata(base(request)));
    reply.headers().put("Content-Type", "application/samlmetadata+xml");
    return reply;
  }

  private Asked solicited(ReceivedRequest request) {
    Parameters query = Parameters.parse(request.query());
    AuthnRequest asked = AuthnRequest.read(RedirectBinding.request(request.query(), requestSigner));
    if (!asked.destination().equals(base(request) + "/sso")) {
      throw OAuthError.invalidRequest();
    }
    return asked(
        request,
        Optional.of(asked.id()),
        asked.issuer(),
        asked.answerTo(),
        query.get("RelayState").orElse(""));
  }

  private static Asked unsolicited(ReceivedRequest request) {
    Parameters query = Parameters.parse(request.query());
    return asked(
        request,
        Optional.empty(),
        query.required("audience"),
        query.required("answer_to"),
        query.required("RelayState"));
  }

  private static Asked asked(
      ReceivedRequest request,
      Optional<String> id,
      String audience,
      String answerTo,
      String relayState) {
    if (!ACS.matcher(answerTo).matches()) {
      throw OAuthError.invalidRequest();
    }
    return new Asked(id, audience, answerTo, relayState, request.path(), request.query());
  }

  private Reply begin(ReceivedRequest request, Asked asked) {
    Optional<Session> session = DomainCall.cookie(request, COOKIE).map(sessions::get);
    return session.isPresent()
        ? answer(request, asked, session.get())
        : ProviderPage.form(asked.path(), asked.query(), "", "");
  }

  private Reply signIn(ReceivedRequest request, Asked asked) {
    String user = Parameters.form(request).get("username").orElse("");
    if (!users.containsKey(user)) {
      return ProviderPage.form(asked.path(), asked.query(), user, "There is no such user.");
    }
    String cookie = names.uuid();
    Session session = new Session(user, "_" + names.uuid());
    sessions.put(cookie, session);
    return DomainReply.withCookie(answer(request, asked, session), COOKIE, cookie);
  }

  private Reply answer(ReceivedRequest request, Asked asked, Session session) {
    signOutEnds.put(
        session.index(), asked.answerTo().replaceFirst("/saml2/idpresponse$", "/saml2/logout"));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("SAMLResponse", encoded(response(base(request), asked, session)));
    fields.put("RelayState", asked.relayState());
    return ProviderPage.selfPosting(asked.answerTo(), fields);
  }

  private static String encoded(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }

  private String response(String base, Asked asked, Session session) {
    Instant now = clock.instant();
    String id = "_" + names.uuid();
    ResponseDraft draft =
        new ResponseDraft(
            id,
            entityId(base),
            asked.audience(),
            asked.answerTo(),
            asked.id(),
            new NameId(session.user(), NameId.PERSISTENT),
            session.index(),
            now);
    users.getOrDefault(session.user(), Map.of()).forEach(draft::attribute);
    spoil(draft, now);
    if (fault != SamlFault.REPLAYED) {
      lastAssertion = id + "-a";
    }
    return written(draft);
  }

  /** The faults that are there before anything is signed. */
  private void spoil(ResponseDraft draft, Instant now) {
    switch (fault) {
      case WRONG_ISSUER -> draft.issuer(ANOTHER);
      case WRONG_AUDIENCE -> draft.audience("urn:amazon:cognito:sp:another");
      case WRONG_RECIPIENT -> draft.recipient(ANOTHER + SamlEnd.RESPONSE);
      case OTHER_REQUEST -> draft.inResponseTo(Optional.of("_" + names.uuid()));
      case EXPIRED -> draft.valid(now.minus(Duration.ofMinutes(10)), now);
      case NOT_YET_VALID ->
          draft.valid(now.plus(Duration.ofMinutes(5)), now.plus(Duration.ofMinutes(10)));
      case REPLAYED -> draft.assertionId(lastAssertion);
      default -> {}
    }
  }

  /** The response as it is sent, with the faults that come with the signature or after it. */
  private String written(ResponseDraft draft) {
    return switch (fault) {
      case DENIED -> draft.denied();
      case UNSIGNED -> draft.unsigned();
      case WRONG_SIGNATURE ->
          signed(draft, SamlKey.fresh(random, "saml.idp.test", clock.instant()));
      case TAMPERED -> Forgeries.tampered(draft.signedAssertion(key), NOBODY);
      case WRAPPED -> Forgeries.wrapped(draft.signedAssertion(key), NOBODY);
      case COMMENT_IN_NAME_ID -> Forgeries.commented(draft.signedAssertion(key));
      case DOCUMENT_TYPE -> Forgeries.withDocumentType(draft.signedAssertion(key));
      default -> signed(draft, key);
    };
  }

  private String signed(ResponseDraft draft, SamlKey signer) {
    return encryption.isPresent()
        ? draft.encrypted(signer, encryption.get(), random)
        : draft.signedAssertion(signer);
  }

  private Reply signOut(ReceivedRequest request) {
    LogoutRequest asked =
        LogoutRequest.read(RedirectBinding.request(request.query(), requestSigner));
    String relayState = Parameters.parse(request.query()).get("RelayState").orElse("");
    Optional<String> index = asked.sessionIndex();
    Optional<String> answerTo = index.map(signOutEnds::remove);
    sessions.values().removeIf(session -> index.filter(session.index()::equals).isPresent());
    if (answerTo.isEmpty()) {
      throw OAuthError.invalidRequest();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(
        "SAMLResponse",
        encoded(
            new LogoutResponse(
                    "_" + names.uuid(),
                    entityId(base(request)),
                    answerTo.get(),
                    asked.id(),
                    clock.instant())
                .toXml(key)));
    fields.put("RelayState", relayState);
    return ProviderPage.selfPosting(answerTo.get(), fields);
  }
}
