package io.github.twinpool.servlet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which paths are open, and what the others ask of a token. A path is open if the most specific
 * pattern that matches it opens it. If not, it wants a token that satisfies every requirement whose
 * pattern matches, not just the most specific one's. Immutable.
 */
record PathRules(List<PathPattern> open, List<Requirement> requirements) {
  PathRules {
    open = List.copyOf(open);
    requirements = List.copyOf(requirements);
  }

  /**
   * What a pattern asks of a token.
   *
   * @param scopes all of them, in order
   * @param anyGroup one of them; empty for none
   */
  record Requirement(PathPattern pattern, Set<String> scopes, Set<String> anyGroup) {}

  boolean isOpen(String method, String path) {
    Optional<PathPattern> opening =
        mostSpecific(open.stream().filter(pattern -> pattern.opens(method, path)));
    Optional<PathPattern> closing =
        mostSpecific(matching(method, path).stream().map(Requirement::pattern));
    return opening
        .filter(pattern -> closing.isEmpty() || isMoreSpecific(pattern, closing.get()))
        .isPresent();
  }

  /** All scopes that a token must have here, in the order of the rules. */
  Set<String> scopes(String method, String path) {
    Set<String> scopes = new LinkedHashSet<>();
    matching(method, path).forEach(requirement -> scopes.addAll(requirement.scopes()));
    return scopes;
  }

  /** Of each of these, a token must have one group. */
  List<Set<String>> groups(String method, String path) {
    return matching(method, path).stream()
        .map(Requirement::anyGroup)
        .filter(groups -> !groups.isEmpty())
        .toList();
  }

  private List<Requirement> matching(String method, String path) {
    return requirements.stream()
        .filter(requirement -> requirement.pattern().closes(method, path))
        .toList();
  }

  private static Optional<PathPattern> mostSpecific(Stream<PathPattern> patterns) {
    return patterns.min(PathPattern.MOST_SPECIFIC_FIRST);
  }

  private static boolean isMoreSpecific(PathPattern one, PathPattern other) {
    return PathPattern.MOST_SPECIFIC_FIRST.compare(one, other) < 0;
  }

  /** Collects rules, each checked as it comes. */
  static final class Collector {
    private final List<PathPattern> open = new ArrayList<>();
    private final List<Requirement> requirements = new ArrayList<>();

    void open(String pattern) {
      open.add(PathPattern.parse("publicPaths", pattern));
    }

    void scopes(String pattern, Set<String> scopes) {
      requirements.add(
          new Requirement(PathPattern.parse("requireScopes", pattern), scopes, Set.of()));
    }

    void anyGroup(String pattern, Set<String> groups) {
      requirements.add(
          new Requirement(PathPattern.parse("requireAnyGroup", pattern), Set.of(), groups));
    }

    /**
     * @throws IllegalArgumentException if a pattern is open and asks for something
     */
    PathRules rules() {
      for (Requirement requirement : requirements) {
        if (open.contains(requirement.pattern())) {
          throw new IllegalArgumentException(
              "publicPaths '" + requirement.pattern() + "': has required scopes or groups, too");
        }
      }
      return new PathRules(open, requirements);
    }
  }
}
