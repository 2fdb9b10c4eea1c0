package io.github.twinpool.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Keys that nothing reads. */
class UnknownPropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  TwinpoolAutoConfiguration.class, TwinpoolTokenAutoConfiguration.class))
          .withPropertyValues(
              "twinpool.user-pool-id=us-east-1_EXAMPLE",
              "twinpool.client-ids=app",
              "twinpool.keys.fetch=false",
              "twinpool.keys.files=/nowhere/keys.json");

  @ParameterizedTest
  @CsvSource({
    "twinpool.secondry-region,twinpool.secondary-region",
    "twinpool.secondaryRegoin,twinpool.secondary-region",
    "twinpool.failover.enabeld,twinpool.failover.enabled",
    "twinpool.client-id[0],twinpool.client-ids",
    "twinpool.additional-pools.partners.client-idz,twinpool.additional-pools.partners.client-ids",
    "twinpool.additional-pools.partners.keys.source[0],"
        + "twinpool.additional-pools.partners.keys.sources",
    "twinpool.filter.rules[0].pth,twinpool.filter.rules[0].path",
    "twinpool.health-check.idd,twinpool.health-check.id",
    "twinpool.something.quite.different,",
  })
  void a_misspelt_key_fails_the_start_and_the_analysis_says_what_was_meant(
      String key, String meant) {
    Environment[] environment = new Environment[1];
    runner
        .withInitializer(context -> environment[0] = context.getEnvironment())
        .withPropertyValues(key + "=eu-west-1")
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis =
                  new InvalidTwinpoolPropertyFailureAnalyzer(environment[0])
                      .analyze(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .containsIgnoringCase(key)
                  .contains(
                      meant == null
                          ? "must not begin with twinpool."
                          : "Did you mean " + meant + "?")
                  .contains("Origin:");
            });
  }

  @Test
  void all_of_them_are_named() {
    runner
        .withPropertyValues("twinpool.secondry-region=eu-west-1", "twinpool.tokn.use=id")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageContaining("twinpool.secondry-region")
                    .hasMessageContaining("twinpool.tokn.use"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twinpool.secondaryRegion=us-west-2",
        "twinpool.secondary_region=us-west-2",
        "twinpool.SECONDARY-REGION=us-west-2",
        "twinpool.client-ids[1]=other",
        "twinpool.additional-pools.partners.keys.secondarySource=true",
        "twinpool.additional-pools[partners].endpoints.primary=http://127.0.0.1:9",
        "twinpool.filter.rules[0].any-group[0]=admins",
        "twinpool.filter.rules[0].anyGroup=admins",
        "twinpool.failover=",
        "management.health.twinpool.enabled=true",
        "twinpools.anything=1",
        "my.twinpool.anything=1"
      })
  void every_spelling_that_boot_binds_and_keys_of_others_are_known(String property) {
    runner
        .withPropertyValues(
            "twinpool.additional-pools.partners.user-pool-id=eu-west-1_A",
            "twinpool.additional-pools.partners.client-ids=partner",
            property)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void a_yaml_file_with_every_kind_of_key_starts() throws Exception {
    String yaml =
        """
        twinpool:
          secondary-region: us-west-2
          failover:
          token: {use: access, cache-size: 1MB}
          additional-pools:
            partners: {user-pool-id: eu-west-1_P, client-ids: [a, b], require: {scopes: [c]}}
          filter: {rules: [{path: /a, scopes: [d]}, {path: /b, any-group: [e]}]}
          machine: {origins: ['https://orders.example.com'], scopes: [orders/read]}
        """;
    List<PropertySource<?>> file =
        new YamlPropertySourceLoader()
            .load("Config resource 'test.yaml'", new ByteArrayResource(yaml.getBytes(UTF_8)));
    with(file.get(0)).run(context -> assertThat(context).hasNotFailed());
    List<PropertySource<?>> wrong =
        new YamlPropertySourceLoader()
            .load(
                "Config resource 'test.yaml'",
                new ByteArrayResource("twinpool: {tokn: {use: id}}".getBytes(UTF_8)));
    with(wrong.get(0)).run(context -> assertThat(context).hasFailed());
  }

  @Test
  void what_applications_share_starts_with_unknown_keys() {
    with(new SystemEnvironmentPropertySource(
            "systemEnvironment", Map.of("TWINPOOL_SECONDRY_REGION", "us-west-2")))
        .run(context -> assertThat(context).hasNotFailed());
    with(new MapPropertySource("systemProperties", Map.of("twinpool.secondry-region", "x")))
        .run(context -> assertThat(context).hasNotFailed());
    with(new MapPropertySource("configserver:shared", Map.of("twinpool.newer.key", "x")))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void an_application_without_twinpool_may_have_any_keys() {
    runner
        .withPropertyValues("twinpool.enabled=false", "twinpool.secondry-region=eu-west-1")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "TWINPOOL_SECONDARY_REGION,true",
    "TWINPOOL_SECONDARYREGION,true",
    "TWINPOOL_CLIENT_IDS_0_,true",
    "TWINPOOL_ADDITIONALPOOLS_PARTNERS_USERPOOLID,true",
    "TWINPOOL_ADDITIONAL_POOLS_PARTNERS_KEYS_SOURCES_0,true",
    "TWINPOOL_FILTER_RULES_0_PATH,true",
    "TWINPOOL_SECONDRY_REGION,false",
    "TWINPOOL_SERVICE_HOST,false",
  })
  void variables_are_known_in_the_spellings_that_boot_takes(String variable, boolean known) {
    KnownProperties properties = KnownProperties.own().orElseThrow();
    var source =
        ConfigurationPropertySource.from(
            new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "x")));
    var names = ((IterableConfigurationPropertySource) source).stream().toList();
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(
            it -> assertThat(properties.containsInAnySpelling(it)).as("" + it).isEqualTo(known));
  }

  private ApplicationContextRunner with(PropertySource<?> source) {
    return runner.withInitializer(
        context -> {
          MutablePropertySources sources = context.getEnvironment().getPropertySources();
          sources.remove(source.getName());
          sources.addFirst(source);
        });
  }
}
