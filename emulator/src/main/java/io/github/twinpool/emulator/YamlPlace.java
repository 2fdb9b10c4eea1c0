package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.internal.text.CloseNames;
import java.io.StringReader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A place in a YAML file, which is read as what must stand there: of {@code password: 007} and
 * {@code MfaConfiguration: ON} YAML 1.1 would make a number and a Boolean. Nothing is constructed
 * from tags. Complaints name file and line, and no values, which may be passwords.
 */
final class YamlPlace {
  private static final int DEEPEST = 20;
  private static final Pattern INT = Pattern.compile("0|-?[1-9][0-9]{0,8}");

  private final String file;
  private final Node node;

  private YamlPlace(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /**
   * The one document of a file.
   *
   * @throws IllegalArgumentException if it is not well-formed, or empty
   */
  static YamlPlace of(String file, String text) {
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      // Its own message, and so its cause, quotes the lines around.
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException(file + ", line " + line + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw new IllegalArgumentException(file + ": it is no YAML that can be read");
    }
    if (root == null) {
      throw new IllegalArgumentException(file + ": it is empty");
    }
    return new YamlPlace(file, root);
  }

  private YamlPlace at(Node other) {
    return new YamlPlace(file, other);
  }

  /** The file and the line. */
  String where() {
    return file + ", line " + (node.getStartMark().getLine() + 1);
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(where() + ": " + what);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /**
   * What stands under each key.
   *
   * @throws IllegalArgumentException for something else than a mapping, and for a repeated key
   */
  Map<String, YamlPlace> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("keys and values must stand here");
    }
    Map<String, YamlPlace> members = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      YamlPlace key = at(entry.getKeyNode());
      String name = key.text();
      if (members.put(name, at(entry.getValueNode())) != null) {
        throw key.wrong("'" + name + "' is there twice");
      }
    }
    return members;
  }

  /**
   * What stands under each key, of which only these may be there.
   *
   * @throws IllegalArgumentException for an unknown key, with the one that was meant
   */
  Map<String, YamlPlace> members(Collection<String> known) {
    Map<String, YamlPlace> members = members();
    members.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            throw keyOf(name).wrong(unknown(name, known));
          }
        });
    return members;
  }

  private static String unknown(String name, Collection<String> known) {
    return CloseNames.closest(name, known)
        .map(meant -> "'" + name + "' is unknown, did you mean '" + meant + "'?")
        .orElse("'" + name + "' is unknown, known are: " + String.join(", ", known));
  }

  private YamlPlace keyOf(String name) {
    return ((MappingNode) node)
        .getValue().stream()
            .map(entry -> at(entry.getKeyNode()))
            .filter(key -> key.text().equals(name))
            .findFirst()
            .orElse(this);
  }

  /**
   * The entries of a list.
   *
   * @throws IllegalArgumentException for something else
   */
  List<YamlPlace> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("a list must stand here");
    }
    return sequence.getValue().stream().map(this::at).toList();
  }

  /**
   * A text as it was typed, be it what YAML takes for a number, a date or a Boolean.
   *
   * @throws IllegalArgumentException for a list or a mapping, and for nothing
   */
  String text() {
    if (node instanceof ScalarNode scalar && !isNothing(scalar)) {
      return scalar.getValue();
    }
    throw wrong("a text must stand here");
  }

  private static boolean isNothing(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().equals(Tag.NULL);
  }

  /**
   * What a request of the API carries: a mapping with the members of a shape and no others.
   *
   * @param but members that are not for a file
   * @throws IllegalArgumentException for an unknown member, with the one that was meant
   */
  ObjectNode request(RequestShape shape, Collection<String> but) {
    checkMembers(shape, "", but, 0);
    return (ObjectNode) json(0);
  }

  private void checkMembers(RequestShape shape, String path, Collection<String> but, int depth) {
    List<String> known =
        shape.membersOf(path).stream().filter(name -> !but.contains(name)).toList();
    if (!path.isEmpty() && known.isEmpty()) {
      return; // the API's shape says no more of it
    }
    refuseDepth(depth);
    members()
        .keySet()
        .forEach(
            name -> {
              if (but.contains(name)) {
                throw keyOf(name).wrong("'" + name + "' cannot be set here");
              }
            });
    members(known)
        .forEach(
            (name, value) -> {
              if (value.isMapping()) {
                String below = path.isEmpty() ? name : path + "." + name;
                value.checkMembers(shape, below, List.of(), depth + 1);
              }
            });
  }

  private JsonNode json(int depth) {
    refuseDepth(depth);
    if (node instanceof MappingNode) {
      ObjectNode object = WireJson.object();
      members().forEach((name, value) -> object.set(name, value.json(depth + 1)));
      return object;
    }
    if (node instanceof SequenceNode) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items().forEach(item -> array.add(item.json(depth + 1)));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  /** An alias may lead to what it stands in. */
  private void refuseDepth(int depth) {
    if (depth > DEEPEST) {
      throw wrong("this is nested deeper than " + DEEPEST + " levels");
    }
  }

  private static JsonNode scalar(ScalarNode scalar) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    String value = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return factory.textNode(value);
    }
    if (isNothing(scalar)) {
      return factory.nullNode();
    }
    if (value.equals("true") || value.equals("false")) {
      return factory.booleanNode(value.equals("true"));
    }
    return INT.matcher(value).matches()
        ? factory.numberNode(Integer.parseInt(value))
        : factory.textNode(value);
  }

  /** The member of a mapping, if it is there. */
  static Optional<YamlPlace> member(Map<String, YamlPlace> members, String name) {
    return Optional.ofNullable(members.get(name));
  }
}
