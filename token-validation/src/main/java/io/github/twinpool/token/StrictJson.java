package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object: strict UTF-8 (no byte order mark), distinct names at every level, nothing
 * after its end, bounded depth, names, numbers and count of tokens. Values become {@code String},
 * {@code Long} (or {@code BigInteger} beyond), finite {@code Double}, {@code Boolean}, and
 * unmodifiable {@code List} and {@code Map}.
 */
final class StrictJson {
  static final int MAX_DEPTH = 16;
  static final int MAX_NAME = 256;
  static final int MAX_NUMBER = 64;
  static final int MAX_TOKENS = 4_096;

  /** Each of these names is in memory once, however many tokens are cached. */
  private static final Map<String, String> NAMES =
      Stream.of(
              "sub iss exp iat nbf auth_time jti origin_jti event_id version username client_id",
              "token_use scope aud cognito:groups cognito:username device_key email email_verified",
              "nonce at_hash kid alg cognito:roles cognito:preferred_role name given_name",
              "family_name phone_number phone_number_verified preferred_username identities")
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .collect(Collectors.toUnmodifiableMap(name -> name, name -> name));

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names come from strangers: none is kept beyond its document.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * @throws IOException if this is not such an object; its message may quote the document, so it
   *     must not be passed on
   */
  static Map<String, @Nullable Object> object(byte[] document) throws IOException {
    String text =
        isAscii(document)
            ? new String(document, ISO_8859_1)
            : UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    return object(text);
  }

  /** The same for text that was decoded. */
  static Map<String, @Nullable Object> object(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not an object");
      }
      JsonObject.Builder object = new JsonObject.Builder();
      readMembers(parser, object::add);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the object");
      }
      return object.build();
    }
  }

  /** An object that {@link #object} reads back as an equal one. */
  static String text(Map<String, ?> object) {
    return JSONObjectUtils.toJSONString(object);
  }

  /** Whether a name is in memory once, however often it was read. */
  static boolean isShared(String name) {
    return NAMES.containsKey(name);
  }

  /** Then there is nothing to decode, which is what most tokens are like. */
  private static boolean isAscii(byte[] document) {
    int all = 0;
    for (byte b : document) {
      all |= b;
    }
    return all >= 0;
  }

  private static void readMembers(JsonParser parser, BiConsumer<String, @Nullable Object> object)
      throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      object.accept(NAMES.getOrDefault(name, name), readValue(parser, parser.nextToken()));
    }
  }

  /** Of the JDK's own types: applications keep claims in sessions, which other programs read. */
  private static Map<String, @Nullable Object> readNested(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    readMembers(parser, object::put);
    return Collections.unmodifiableMap(object);
  }

  private static List<@Nullable Object> readList(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      list.add(readValue(parser, token));
    }
    return Collections.unmodifiableList(Arrays.asList(list.toArray()));
  }

  private static @Nullable Object readValue(JsonParser parser, @Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new JsonParseException(parser, "ends too early");
    }
    return switch (token) {
      case START_OBJECT -> readNested(parser);
      case START_ARRAY -> readList(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> finite(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "not a value");
    };
  }

  /** Some parsers refuse what is beyond a double, others make it infinite. */
  private static Double finite(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new JsonParseException(parser, "a number out of range");
    }
    return number;
  }

  private static Number integer(Number number) {
    return number instanceof Integer ? (Number) number.longValue() : number;
  }
}
