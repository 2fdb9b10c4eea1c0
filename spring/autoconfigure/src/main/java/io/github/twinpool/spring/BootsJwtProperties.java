package io.github.twinpool.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the application says by Boot's own properties for decoders and authorities, which Boot's
 * beans would heed and which do not exist where ours do.
 */
final class BootsJwtProperties {
  static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";

  private static final List<String> AUTHORITIES =
      List.of(
          "authority-prefix",
          "authorities-claim-name",
          "authorities-claim-delimiter",
          "authorities-claim-expressions",
          "principal-claim-name");

  /** Those of a decoder that ours does not heed, and what says the same here. */
  private static final Map<String, String> DECODER = new LinkedHashMap<>();

  static {
    DECODER.put("issuer-uri", "twinpool.user-pool-id and twinpool.issuer");
    DECODER.put("jwk-set-uri", "twinpool.keys.sources");
    DECODER.put("public-key-location", "twinpool.keys.files");
    DECODER.put("jws-algorithms", "nothing, since user pools sign with RS256 only");
  }

  private final Binder binder;

  private BootsJwtProperties(Binder binder) {
    this.binder = binder;
  }

  static BootsJwtProperties of(Environment environment) {
    return new BootsJwtProperties(Binder.get(environment));
  }

  /** Whole names of the properties for authorities that are set. */
  List<String> authorities() {
    List<String> set = new ArrayList<>();
    for (String name : AUTHORITIES) {
      if (isSet(name)) {
        set.add(PREFIX + name);
      }
    }
    return set;
  }

  /** Whole names of the properties for decoders that are set but not heeded, with ours. */
  Map<String, String> unheeded() {
    Map<String, String> set = new LinkedHashMap<>();
    DECODER.forEach(
        (name, ours) -> {
          if (isSet(name)) {
            set.put(PREFIX + name, ours);
          }
        });
    return set;
  }

  /** Of which a token must name one, unless there are none. */
  List<String> audiences() {
    return binder.bind(PREFIX + "audiences", Bindable.listOf(String.class)).orElse(List.of());
  }

  /** However it is spelt: environment variables have no dashes, and lists may have indices. */
  private boolean isSet(String name) {
    return binder.bind(PREFIX + name, Bindable.listOf(String.class)).isBound();
  }
}
