package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the request of one operation may carry, read from {@code request-shapes.txt}.
 *
 * @param members the members, each structure before its own members
 */
record RequestShape(List<MemberShape> members) {

  /** The shapes of all emulated operations, by operation. */
  static Map<String, RequestShape> load() {
    Map<String, RequestShape> shapes = new LinkedHashMap<>();
    List<MemberShape> members = new ArrayList<>();
    for (String line : DataFile.lines("request-shapes.txt")) {
      if (line.startsWith("[")) {
        members = new ArrayList<>();
        shapes.put(line.substring(1, line.length() - 1), new RequestShape(members));
      } else {
        members.add(MemberShape.parse(line));
      }
    }
    return Map.copyOf(shapes);
  }

  /** The names of the members of a structure, in their order; of the request itself for "". */
  List<String> membersOf(String structure) {
    List<String> names = structure.isEmpty() ? List.of() : List.of(structure.split("\\.", -1));
    return members.stream()
        .map(MemberShape::path)
        .filter(
            path -> path.size() == names.size() + 1 && path.subList(0, names.size()).equals(names))
        .map(path -> path.get(names.size()))
        .toList();
  }

  /**
   * Checks types first, constraints second, as the service does.
   *
   * @throws WireError a SerializationException for the first wrong type, an
   *     InvalidParameterException that lists all broken constraints
   */
  void check(ObjectNode request) {
    for (MemberShape member : members) {
      JsonNode value = parent(request, member).path(member.path().get(member.path().size() - 1));
      if (present(value)) {
        member.checkType(value);
      }
    }
    List<String> complaints = new ArrayList<>();
    for (MemberShape member : members) {
      JsonNode parent = parent(request, member);
      JsonNode value = parent.path(member.path().get(member.path().size() - 1));
      if (present(value)) {
        complaints.addAll(member.complaints(value));
      } else if (member.required() && parent.isObject()) {
        complaints.add(member.absent());
      }
    }
    if (!complaints.isEmpty()) {
      throw WireError.invalidParameter(
          complaints.size()
              + (complaints.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", complaints));
    }
  }

  private static JsonNode parent(ObjectNode request, MemberShape member) {
    JsonNode node = request;
    for (String name : member.path().subList(0, member.path().size() - 1)) {
      node = node.path(name);
    }
    return node;
  }

  private static boolean present(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
