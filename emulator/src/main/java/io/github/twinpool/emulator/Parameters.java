package io.github.twinpool.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a query or a form, read strictly and within bounds. Immutable. */
final class Parameters {
  private static final int MOST = 100;
  private static final int LONGEST = 4_096;

  private final Map<String, String> values;
  private final Set<String> broken;

  private Parameters(Map<String, String> values, Set<String> broken) {
    this.values = values;
    this.broken = broken;
  }

  /**
   * Reads what is between the ampersands.
   *
   * @throws OAuthError invalid_request for too many and for what cannot be decoded
   */
  static Parameters parse(String encoded) {
    return parse(encoded, LONGEST);
  }

  private static Parameters parse(String encoded, int longest) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> broken = new HashSet<>();
    String[] pairs = encoded.split("&", -1);
    if (pairs.length > MOST) {
      throw OAuthError.invalidRequest();
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!name.isEmpty() && (values.put(name, value) != null || value.length() > longest)) {
        broken.add(name);
      }
    }
    return new Parameters(values, broken);
  }

  /**
   * A form.
   *
   * @throws OAuthError invalid_request for anything else
   */
  static Parameters form(EmulatorHttpServer.ReceivedRequest request) {
    return form(request, LONGEST);
  }

  /** The same, with values of up to so many characters. */
  static Parameters form(EmulatorHttpServer.ReceivedRequest request, int longest) {
    String type = request.header("content-type").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
      throw OAuthError.invalidRequest();
    }
    return parse(new String(request.body(), StandardCharsets.UTF_8), longest);
  }

  /**
   * A text decoded as in a form.
   *
   * @throws OAuthError invalid_request
   */
  static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OAuthError.invalidRequest();
    }
  }

  /**
   * A parameter that is given once and not empty.
   *
   * @throws OAuthError invalid_request if it is given twice or is too long
   */
  Optional<String> get(String name) {
    if (broken.contains(name)) {
      throw OAuthError.invalidRequest();
    }
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The same, of one that cannot be left out.
   *
   * @throws OAuthError invalid_request
   */
  String required(String name) {
    return get(name).orElseThrow(OAuthError::invalidRequest);
  }

  /** Refuses parameters that are given twice or are too long, be they known or not. */
  void check() {
    if (!broken.isEmpty()) {
      throw OAuthError.invalidRequest();
    }
  }

  @Override
  public String toString() {
    return "Parameters" + values.keySet();
  }
}
