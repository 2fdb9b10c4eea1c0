package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strict JSON becomes: unmodifiable maps and lists that equal anybody's. */
class JsonObjectTest {
  private static Map<String, Object> parse(String json) throws IOException {
    return StrictJson.object(json.getBytes(UTF_8));
  }

  @Test
  void objects_of_any_size_equal_a_map_with_the_same_members_in_the_same_order()
      throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int size = 0; size < 70; size++) {
      Map<String, Object> expected = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        String name = "n" + random.nextInt(1_000_000) + (i % 3 == 0 ? "é" : "");
        expected.put(name, i % 5 == 0 ? null : i % 2 == 0 ? (Object) (long) i : "v" + i);
      }
      Map<String, Object> object = parse(JSONObjectUtils.toJSONString(expected));
      assertThat(object).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(expected.size());
      assertThat(expected).isEqualTo(object);
      assertThat(new ArrayList<>(object.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
      expected.forEach(
          (name, value) -> {
            assertThat(object.get(name)).isEqualTo(value);
            assertThat(object.containsKey(name)).isTrue();
            assertThat(object.getOrDefault(name, "else")).isEqualTo(value);
          });
      assertThat(object.get("other")).isNull();
      assertThat(object.get(null)).isNull();
      assertThat(object.containsKey("other")).isFalse();
      assertThat(object.getOrDefault("other", "else")).isEqualTo("else");
      // A value is no name.
      assertThat(object.containsKey("v1")).isFalse();
    }
  }

  @Test
  void nothing_in_it_can_be_changed() throws IOException {
    Map<String, Object> object = parse("{\"a\":{\"b\":[1,{}]},\"c\":null}");
    assertThatThrownBy(() -> object.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(object::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.entrySet().iterator().next().setValue(1))
        .isInstanceOf(UnsupportedOperationException.class);
    List<?> list = (List<?>) ((Map<?, ?>) object.get("a")).get("b");
    assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void its_iterator_ends() throws IOException {
    Iterator<?> members = parse("{\"a\":1}").entrySet().iterator();
    assertThat(members.next()).isEqualTo(Map.entry("a", 1L));
    assertThat(members.hasNext()).isFalse();
    assertThatThrownBy(members::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void values_have_the_types_that_are_promised() throws IOException {
    Map<String, Object> object =
        parse(
            "{\"i\":1,\"l\":3000000000,\"b\":30000000000000000000,\"d\":1.5,\"t\":true,\"f\":false,"
                + "\"s\":\"é\\u0041\",\"n\":null,\"a\":[1,\"x\",null]}");
    assertThat(object.get("i")).isEqualTo(1L);
    assertThat(object.get("l")).isEqualTo(3_000_000_000L);
    assertThat(object.get("b")).isEqualTo(new BigInteger("30000000000000000000"));
    assertThat(object.get("d")).isEqualTo(1.5);
    assertThat(object.get("t")).isEqualTo(true);
    assertThat(object.get("f")).isEqualTo(false);
    assertThat(object.get("s")).isEqualTo("éA");
    assertThat(object).containsKey("n");
    assertThat(object.get("a")).isEqualTo(Arrays.asList(1L, "x", null));
  }

  @Test
  void bounds_are_where_they_are_said_to_be() throws IOException {
    assertThat(parse("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).hasSize(1);
    assertThat(parse("{\"" + "n".repeat(256) + "\":1}")).hasSize(1);
    assertThat(parse("{\"a\":" + "1".repeat(64) + "}")).hasSize(1);
    for (String beyond :
        List.of(
            "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}",
            "{\"" + "n".repeat(257) + "\":1}",
            "{\"a\":" + "1".repeat(65) + "}",
            "{\"a\":[" + "1,".repeat(4_096) + "1]}")) {
      assertThatThrownBy(() -> parse(beyond)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"a\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":[1",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"a\":1}\u0000",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"c\":2,\"d\":3,\"b\":4}}",
        "{\"a\":1}//",
        "{/**/\"a\":1}",
        "\ufeff{\"a\":1}"
      })
  void what_is_not_one_strict_object_is_refused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IOException.class);
  }
}
