package io.github.twinpool.servlet;

import static io.github.twinpool.servlet.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The filter as web.xml configures it, by its class name and init parameters. */
@ExtendWith(TestPool.Provider.class)
class InitParametersTest {
  private TestPool pool;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  @BeforeEach
  void start(TestPool shared) {
    pool = shared;
    parameters.put("userPoolId", pool.userPool().id());
    parameters.put("secondaryRegion", pool.userPool().region(RegionRole.SECONDARY));
    parameters.put("primaryEndpoint", pool.userPool().endpoint(RegionRole.PRIMARY).toString());
    parameters.put("secondaryEndpoint", pool.userPool().endpoint(RegionRole.SECONDARY).toString());
    parameters.put("updatedIssuerEndpoint", pool.emulator().updatedIssuerEndpoint().toString());
    parameters.put("clientIds", pool.clientId());
  }

  @Test
  void the_filter_of_a_web_xml_does_what_it_says() throws Exception {
    Map<String, String> inWebXml = webXml();
    inWebXml.putAll(parameters);
    FilterHolder holder = new FilterHolder();
    holder.setClassName(CognitoTokenFilter.class.getName());
    holder.setInitParameters(inWebXml);
    try (TestServer server = TestServer.start(holder, EnumSet.of(DispatcherType.REQUEST))) {
      assertThat(server.get("/open/x").status()).isEqualTo(200);
      assertThat(server.get("/docs").status()).isEqualTo(200);
      assertThat(server.send("PUT", "/docs").status()).isEqualTo(401);
      assertThat(server.get("/x").header("WWW-Authenticate"))
          .containsExactly("Bearer realm=\"orders\"");
      assertThat(server.get("/x", bearer(pool.accessToken())).body()).contains("principal=ada");
      assertThat(server.get("/x", bearer(pool.idToken())).body()).contains("principal=ada");
      assertThat(server.get("/x", "Cookie: token=" + pool.accessToken()).status()).isEqualTo(200);
      assertThat(
              server
                  .send("POST", "/x", "Cookie: token=" + pool.accessToken(), "Content-Length: 0")
                  .status())
          .isEqualTo(403);
      assertThat(
              server
                  .send(
                      "POST",
                      "/x",
                      "Cookie: token=" + pool.accessToken(),
                      "Origin: https://www.app.example",
                      "Content-Length: 0")
                  .status())
          .isEqualTo(200);
      assertThat(server.get("/orders/1", bearer(pool.accessToken())).header("WWW-Authenticate"))
          .singleElement()
          .asString()
          .endsWith("scope=\"orders/read\"");
      assertThat(server.send("POST", "/orders/1", bearer(pool.accessToken())).headers())
          .anyMatch(line -> line.endsWith("scope=\"orders/read orders/write\""));
      assertThat(server.get("/admin/x", bearer(pool.accessToken())).body())
          .contains("GROUP_MISSING");
      assertThat(
              server
                  .send("OPTIONS", "/x", "Origin: https://a", "Access-Control-Request-Method: PUT")
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void the_least_that_it_takes_is_a_pool_and_its_clients() throws ServletException {
    Map<String, String> least = Map.of("userPoolId", "us-east-1_EXAMPLE", "anyClient", "true");
    CognitoTokenFilter filter = init(least);
    filter.destroy();
    filter.destroy();
    for (String name : least.keySet()) {
      Map<String, String> less = new LinkedHashMap<>(least);
      less.remove(name);
      assertThatThrownBy(() -> init(less))
          .isInstanceOf(ServletException.class)
          .hasMessageContaining(name);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, https://cognito-idp-fips.", "false, https://cognito-idp."})
  void with_fips_keys_come_from_fips_hosts(String fips, String hosts) throws ServletException {
    Map<String, String> parameters =
        Map.of("userPoolId", "us-east-1_EXAMPLE", "anyClient", "true", "fips", fips);
    try (TokenValidator validator =
        InitParameters.of(new TestConfig(parameters)).validator().preload(Preload.NONE).build()) {
      assertThat(validator.status().pools().get(0).sources())
          .extracting(it -> it.uri().toString())
          .anyMatch(it -> it.startsWith(hosts))
          .allMatch(it -> it.contains("-fips.") == fips.equals("true"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userPoolId            | nonsense",
        "userPoolId            | ''",
        "secondaryRegion       | mars-1",
        "primaryEndpoint       | not a uri",
        "primaryEndpoint       | http://example.com",
        "secondaryEndpoint     | ftp://example.com",
        "updatedIssuerEndpoint | http://example.com",
        "clientIds             | ' , '",
        "publicPaths           | open",
        "publicPaths           | ''",
        "publicPaths           | /open/**",
        "requireScopes         | orders/read",
        "requireScopes         | /orders",
        "requireScopes         | /orders/* a\"b",
        "requireScopes         | FETCH IT /orders a",
        "requireScopes         | ' '",
        "requireAnyGroup       | /admin/*",
        "requireAnyGroup       | POST",
        "cookie                | a b",
        "allowedOrigins        | https://a.example/path",
        "allowedOrigins        | null",
        "fips                  | yes",
        "acceptIdTokens        | yes",
        "acceptIdTokens        | TRUE",
        "allowPreflight        | 1",
        "realm                 | a\"b"
      })
  void a_wrong_value_fails_the_start_by_its_name(String name, String value) {
    parameters.put(name, value);

    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("init parameter " + name + " of CognitoTokenFilter '" + value.strip())
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"userPoolID", "clientId", "publicPath", "scopes", "debug", ""})
  void an_unknown_name_fails_the_start(String name) {
    parameters.put(name, "value");

    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("init parameter " + name, "'value'", "unknown", "publicPaths");
  }

  @Test
  void what_is_missing_or_contradicts_something_fails_the_start() {
    assertThatThrownBy(() -> init(Map.of("clientIds", "a")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("userPoolId");
    parameters.put("anyClient", "true");
    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("clientIds", "'" + pool.clientId() + "'", "anyClient");
    parameters.remove("anyClient");
    parameters.remove("clientIds");
    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("clientIds", "anyClient");
    parameters.put("clientIds", "a");
    parameters.put("secondaryRegion", "us-east-1");
    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("secondaryRegion", "'us-east-1'");
    parameters.put("secondaryRegion", "us-west-2");
    parameters.put("allowedOrigins", "https://a.example");
    assertThatThrownBy(() -> init(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("allowedOrigins");
  }

  @Test
  void a_filter_of_the_builder_takes_no_init_parameters() {
    FilterHolder holder = new FilterHolder(CognitoTokenFilter.builder(pool.validator()).build());
    holder.setInitParameter("realm", "x");

    assertThatThrownBy(() -> TestServer.start(holder, EnumSet.of(DispatcherType.REQUEST)).close())
        .hasRootCauseInstanceOf(ServletException.class)
        .rootCause()
        .hasMessageContaining("realm");
  }

  private static CognitoTokenFilter init(Map<String, String> parameters) throws ServletException {
    CognitoTokenFilter filter = new CognitoTokenFilter();
    filter.init(new TestConfig(parameters));
    return filter;
  }

  private static Map<String, String> webXml() throws Exception {
    try (InputStream xml = InitParametersTest.class.getResourceAsStream("/WEB-INF/web.xml")) {
      NodeList nodes =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(xml)
              .getElementsByTagName("init-param");
      Map<String, String> found = new LinkedHashMap<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        Element node = (Element) nodes.item(i);
        found.put(text(node, "param-name"), text(node, "param-value"));
      }
      return found;
    }
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }
}
