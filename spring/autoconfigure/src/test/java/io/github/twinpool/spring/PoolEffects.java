package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.spring.Effects.Row;
import io.github.twinpool.token.RejectionCode;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** What the properties of a pool do. */
final class PoolEffects {
  private PoolEffects() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "twinpool.enabled",
            with ->
                with.run(
                    it -> assertThat(it).doesNotHaveBean(UserPool.class),
                    "twinpool.enabled=false")),
        new Row(
            "twinpool.user-pool-id",
            with ->
                with.validating(
                    it -> assertThat(pool(it).id()).isEqualTo("us-east-1_ANOTHER"),
                    "twinpool.user-pool-id=us-east-1_ANOTHER")),
        new Row(
            "twinpool.primary-region",
            with -> {
              with.validating(it -> {}, "twinpool.primary-region=us-east-1");
              with.refuses("twinpool.primary-region", "twinpool.primary-region=eu-west-1");
            }),
        new Row(
            "twinpool.secondary-region",
            with ->
                with.validating(
                    it -> assertThat(pool(it).secondaryRegion()).hasValue("eu-west-1"),
                    "twinpool.secondary-region=eu-west-1")),
        new Row(
            "twinpool.allow-unlisted-regions",
            with -> {
              String unlisted = "twinpool.secondary-region=ca-west-1";
              with.refuses("ca-west-1", unlisted);
              with.validating(
                  it -> assertThat(pool(it).secondaryRegion()).hasValue("ca-west-1"),
                  unlisted,
                  "twinpool.allow-unlisted-regions=true");
            }),
        new Row(
            "twinpool.fips",
            with ->
                with.validating(
                    it -> {
                      assertThat(pool(it).fips()).isTrue();
                      assertThat(String.valueOf(pool(it).domain(RegionRole.PRIMARY)))
                          .contains("my-app.auth-fips.us-east-1.");
                      assertThat(sources(it, 1))
                          .isNotEmpty()
                          .allMatch(uri -> uri.startsWith("https://cognito-idp-fips.eu-west-1."));
                    },
                    "twinpool.fips=true",
                    "twinpool.domain=my-app",
                    "twinpool.token.preload=none", // These hosts are not on this machine.
                    "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
                    "twinpool.additional-pools.partners.client-ids=partner",
                    "twinpool.additional-pools.partners.fips=true")),
        new Row(
            "twinpool.domain",
            with ->
                with.validating(
                    it ->
                        assertThat(String.valueOf(pool(it).domain(RegionRole.PRIMARY)))
                            .contains("my-app"),
                    "twinpool.domain=my-app")),
        endpoint("primary", it -> pool(it).endpoint(RegionRole.PRIMARY).toString()),
        endpoint("secondary", it -> pool(it).endpoint(RegionRole.SECONDARY).toString()),
        endpoint("updated-issuer", it -> pool(it).jwksUri(IssuerType.UPDATED).toString()),
        endpoint("primary-domain", it -> pool(it).domain(RegionRole.PRIMARY).orElseThrow() + ""),
        endpoint(
            "secondary-domain", it -> pool(it).domain(RegionRole.SECONDARY).orElseThrow() + ""),
        new Row("twinpool.client-ids", PoolEffects::clientIds),
        new Row(
            "twinpool.any-client",
            with ->
                assertThat(
                        with.rejection(
                            otherClients(with),
                            with.ownKeys(),
                            "twinpool.client-ids=",
                            "twinpool.any-client=true"))
                    .isEmpty()),
        new Row("twinpool.issuer", PoolEffects::issuer),
        new Row("twinpool.accept-secondary-issuer", PoolEffects::secondaryIssuer),
        new Row("twinpool.additional-pools", PoolEffects::additionalPools),
        new Row("twinpool.keys.fetch", PoolEffects::fetch),
        new Row("twinpool.keys.files", PoolEffects::files),
        new Row(
            "twinpool.keys.secondary-source",
            with -> {
              String secondary =
                  with.pool().emulator().region(RegionRole.SECONDARY).endpoint().toString();
              with.validating(
                  it -> assertThat(sources(it)).anyMatch(uri -> uri.startsWith(secondary)));
              with.validating(
                  it -> assertThat(sources(it)).noneMatch(uri -> uri.startsWith(secondary)),
                  "twinpool.keys.secondary-source=false");
            }),
        new Row(
            "twinpool.keys.sources",
            with ->
                with.validating(
                    it ->
                        assertThat(sources(it))
                            .contains("http://127.0.0.1:9/a", "http://127.0.0.1:9/b"),
                    "twinpool.keys.sources=http://127.0.0.1:9/a,http://127.0.0.1:9/b")),
        new Row("twinpool.keys.snapshot-file", PoolEffects::snapshotFile),
        new Row("twinpool.require.scopes", PoolEffects::scopes),
        new Row("twinpool.require.any-group", PoolEffects::anyGroup),
        new Row("twinpool.require.audience", PoolEffects::audience),
        new Row(
            "twinpool.authorities.group-prefix",
            with ->
                assertThat(
                        with.authorities(
                            with.pool().user("staff"),
                            with.ownKeys(),
                            "twinpool.authorities.group-prefix=ROLE_"))
                    .contains("ROLE_staff", "SCOPE_orders")
                    .doesNotContain("GROUP_staff")),
        new Row(
            "twinpool.authorities.scope-prefix",
            with ->
                assertThat(
                        with.authorities(
                            with.pool().user("staff"),
                            with.ownKeys(),
                            "twinpool.authorities.scope-prefix=MAY_"))
                    .contains("MAY_orders", "GROUP_staff")
                    .doesNotContain("SCOPE_orders")));
  }

  private interface Reader {
    String read(AssertableApplicationContext context);
  }

  private static Row endpoint(String name, Reader reader) {
    String property = "twinpool.endpoints." + name;
    return new Row(
        property,
        with ->
            with.validating(
                it -> assertThat(reader.read(it)).startsWith("http://127.0.0.1:9"),
                property + "=http://127.0.0.1:9"));
  }

  private static UserPool pool(AssertableApplicationContext context) {
    return context.getBean(UserPool.class);
  }

  private static List<String> sources(AssertableApplicationContext context) {
    return sources(context, 0);
  }

  private static List<String> sources(AssertableApplicationContext context, int pool) {
    return context.getBean(TokenValidator.class).status().pools().get(pool).sources().stream()
        .map(it -> it.uri().toString())
        .toList();
  }

  private static String otherClients(Effects with) {
    return with.pool().sign(claims -> claims.claim("client_id", "another"));
  }

  private static void clientIds(Effects with) {
    String token = otherClients(with);
    assertThat(with.rejection(token, with.ownKeys())).hasValue(RejectionCode.WRONG_CLIENT);
    assertThat(with.rejection(token, with.ownKeys(), "twinpool.client-ids=one,another")).isEmpty();
  }

  private static void issuer(Effects with) {
    String original = with.pool().user();
    assertThat(with.rejection(original, with.ownKeys(), "twinpool.issuer=original")).isEmpty();
    assertThat(with.rejection(original, with.ownKeys(), "twinpool.issuer=updated")).isPresent();
  }

  private static void secondaryIssuer(Effects with) {
    UserPool pool = with.pool().emulator().userPool();
    String issuer =
        pool.issuer(IssuerType.ORIGINAL)
            .replace(
                "cognito-idp." + pool.primaryRegion(),
                "cognito-idp." + pool.secondaryRegion().orElseThrow());
    assertThat(issuer).isNotEqualTo(pool.issuer(IssuerType.ORIGINAL));
    String token = with.pool().sign(claims -> claims.issuer(issuer));
    assertThat(with.rejection(token, with.ownKeys())).isPresent();
    assertThat(with.rejection(token, with.ownKeys(), "twinpool.accept-secondary-issuer=true"))
        .isEmpty();
  }

  /** Each property of a pool once more, below its name. */
  private static void additionalPools(Effects with) {
    try (TestPool partners = new TestPool()) {
      String prefix = "twinpool.additional-pools.partners.";
      String[] properties =
          Stream.concat(
                  Stream.of(partners.properties()),
                  Stream.of("twinpool.keys.files=" + partners.keyFile()))
              .map(it -> it.replaceFirst("^twinpool\\.", prefix))
              .toArray(String[]::new);
      assertThat(with.rejection(partners.user("staff"), properties)).isEmpty();
      assertThat(with.rejection(partners.user("staff"))).isPresent();
      String[] required =
          Stream.concat(Stream.of(properties), Stream.of(prefix + "require.any-group=admins"))
              .toArray(String[]::new);
      assertThat(with.rejection(partners.user("staff"), required))
          .hasValue(RejectionCode.GROUP_MISSING);
      assertThat(with.rejection(with.pool().tokens().accessToken(), required))
          .as("the main pool asks for none")
          .isEmpty();
    }
  }

  private static void fetch(Effects with) {
    String fetched = with.pool().tokens().accessToken();
    assertThat(with.rejection(fetched, with.ownKeys())).isEmpty();
    assertThat(with.rejection(fetched, with.ownKeys(), "twinpool.keys.fetch=false")).isPresent();
    with.validating(
        it -> assertThat(sources(it)).noneMatch(uri -> uri.startsWith("http")),
        with.ownKeys(),
        "twinpool.keys.fetch=false");
  }

  private static void files(Effects with) {
    String token = with.pool().user("staff");
    assertThat(with.rejection(token)).isPresent();
    assertThat(with.rejection(token, with.ownKeys())).isEmpty();
  }

  private static void snapshotFile(Effects with) throws IOException {
    Path directory = Files.createTempDirectory("twinpool");
    Path file = directory.resolve("keys");
    try {
      with.validating(
          it -> Awaitility.await().until(() -> Files.exists(file)),
          "twinpool.keys.snapshot-file=" + file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static void scopes(Effects with) {
    String token = with.pool().user();
    assertThat(with.rejection(token, with.ownKeys(), "twinpool.require.scopes=orders")).isEmpty();
    assertThat(with.rejection(token, with.ownKeys(), "twinpool.require.scopes=orders,stock"))
        .hasValue(RejectionCode.SCOPE_MISSING);
  }

  private static void anyGroup(Effects with) {
    String required = "twinpool.require.any-group=admins,staff";
    assertThat(with.rejection(with.pool().user("staff"), with.ownKeys(), required)).isEmpty();
    assertThat(with.rejection(with.pool().user("guests"), with.ownKeys(), required))
        .hasValue(RejectionCode.GROUP_MISSING);
  }

  private static void audience(Effects with) {
    String required = "twinpool.require.audience=https://api.example.com";
    String bound = with.pool().sign(claims -> claims.audience("https://api.example.com"));
    assertThat(with.rejection(bound, with.ownKeys(), required)).isEmpty();
    assertThat(with.rejection(with.pool().user(), with.ownKeys(), required)).isPresent();
  }
}
