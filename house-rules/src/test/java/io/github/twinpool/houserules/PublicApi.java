package io.github.twinpool.houserules;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an application can see of some types: one line for each type and each member that is public
 * or protected. A class's line sorts before those of its members, and these before nested types.
 */
final class PublicApi {
  private final Class<?> type;
  private final String name;

  private PublicApi(Class<?> type) {
    this.type = type;
    this.name = type.getCanonicalName();
  }

  /** The lines of all types that can be seen, sorted. */
  static List<String> of(Collection<Class<?>> types) {
    TreeSet<String> lines = new TreeSet<>();
    for (Class<?> type : types) {
      if (isVisible(type)) {
        new PublicApi(type).describe(lines);
      }
    }
    return List.copyOf(lines);
  }

  /** What is gone, with a minus, and what is new, with a plus; lines of one member side by side. */
  static List<String> difference(List<String> before, List<String> now) {
    List<String> changes = new ArrayList<>();
    before.stream()
        .filter(line -> !now.contains(line))
        .map(line -> "- " + line)
        .forEach(changes::add);
    now.stream()
        .filter(line -> !before.contains(line))
        .map(line -> "+ " + line)
        .forEach(changes::add);
    changes.sort((a, b) -> a.substring(2).compareTo(b.substring(2)));
    return changes;
  }

  private static boolean isVisible(Class<?> type) {
    return type.getCanonicalName() != null
        && isVisible(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private void describe(Collection<String> lines) {
    lines.add(name + " : " + declaration());
    // What a type inherits from one that cannot be seen is seen as its own.
    for (Class<?> at = type;
        at != null && (at == type || !isVisible(at));
        at = at.getSuperclass()) {
      members(at).forEach(lines::add);
    }
  }

  private Stream<String> members(Class<?> declaring) {
    return Stream.of(
            Arrays.stream(declaring.getDeclaredFields()).filter(this::counts).map(this::field),
            Arrays.stream(
                    declaring == type ? declaring.getDeclaredConstructors() : new Constructor<?>[0])
                .filter(this::counts)
                .map(this::constructor),
            Arrays.stream(declaring.getDeclaredMethods())
                .filter(this::counts)
                .filter(it -> !isOfEveryObject(it) && !isOfEveryEnum(it))
                .map(this::method))
        .flatMap(lines -> lines);
  }

  private boolean counts(Member member) {
    return isVisible(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isOfEveryObject(Method method) {
    return switch (method.getName()) {
      case "hashCode", "toString" -> method.getParameterCount() == 0;
      case "equals" -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Object.class});
      default -> false;
    };
  }

  private boolean isOfEveryEnum(Method method) {
    return type.isEnum()
        && Modifier.isStatic(method.getModifiers())
        && (method.getName().equals("values") || method.getName().equals("valueOf"));
  }

  private String declaration() {
    return words(
            visibility(type.getModifiers()),
            type.isMemberClass() && Modifier.isStatic(type.getModifiers()) && isPlainClass()
                ? "static"
                : "",
            isPlainClass() && Modifier.isAbstract(type.getModifiers()) ? "abstract" : "",
            isPlainClass() && Modifier.isFinal(type.getModifiers()) ? "final" : "",
            type.isSealed() && !type.isEnum() ? "sealed" : "",
            kind())
        + variables(type.getTypeParameters())
        + superTypes();
  }

  private boolean isPlainClass() {
    return kind().equals("class");
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private String superTypes() {
    StringBuilder text = new StringBuilder();
    Class<?> parent = type.getSuperclass();
    if (isPlainClass() && parent != Object.class && isVisible(parent)) {
      text.append(" extends ").append(named(type.getAnnotatedSuperclass()));
    }
    AnnotatedType[] interfaces = type.getAnnotatedInterfaces();
    if (interfaces.length > 0 && !type.isAnnotation()) {
      text.append(type.isInterface() ? " extends " : " implements ").append(list(interfaces));
    }
    return text.toString();
  }

  private String field(Field field) {
    String line =
        field.isEnumConstant()
            ? "enum constant"
            : words(modifiers(field), named(field.getAnnotatedType()));
    return name + "#" + field.getName() + " : " + line;
  }

  private String constructor(Constructor<?> constructor) {
    return name
        + "#new("
        + parameters(constructor)
        + ") : "
        + words(modifiers(constructor), variables(constructor.getTypeParameters()));
  }

  private String method(Method method) {
    return name
        + "#"
        + method.getName()
        + "("
        + parameters(method)
        + ") : "
        + words(
            modifiers(method),
            method.isDefault() ? "default" : "",
            variables(method.getTypeParameters()),
            named(method.getAnnotatedReturnType()));
  }

  private String parameters(Executable executable) {
    String all = list(executable.getAnnotatedParameterTypes());
    return executable.isVarArgs() ? all.substring(0, all.length() - 2) + "..." : all;
  }

  private static String modifiers(Member member) {
    int modifiers = member.getModifiers();
    return words(
        visibility(modifiers),
        Modifier.isStatic(modifiers) ? "static" : "",
        Modifier.isAbstract(modifiers) ? "abstract" : "",
        Modifier.isFinal(modifiers) ? "final" : "");
  }

  private static String visibility(int modifiers) {
    return Modifier.isPublic(modifiers) ? "public" : "protected";
  }

  private static String words(String... words) {
    return Arrays.stream(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  private String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(
                variable -> variable.getName() + bounds(" extends ", variable.getAnnotatedBounds()))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private String bounds(String word, AnnotatedType[] bounds) {
    String all =
        Arrays.stream(bounds)
            .map(this::named)
            .filter(bound -> !bound.equals("Object"))
            .collect(Collectors.joining(" & "));
    return all.isEmpty() ? "" : word + all;
  }

  private String list(AnnotatedType[] types) {
    return Arrays.stream(types).map(this::named).collect(Collectors.joining(", "));
  }

  private String named(AnnotatedType annotated) {
    String nullable = annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    if (annotated instanceof AnnotatedArrayType array) {
      return named(array.getAnnotatedGenericComponentType())
          + (nullable.isEmpty() ? "[]" : " @Nullable []");
    }
    if (annotated instanceof AnnotatedParameterizedType parameterized) {
      Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
      return nullable
          + named(raw)
          + "<"
          + list(parameterized.getAnnotatedActualTypeArguments())
          + ">";
    }
    if (annotated instanceof AnnotatedWildcardType wildcard) {
      return "?"
          + bounds(" super ", wildcard.getAnnotatedLowerBounds())
          + bounds(" extends ", wildcard.getAnnotatedUpperBounds());
    }
    if (annotated instanceof AnnotatedTypeVariable variable) {
      return nullable + variable.getType().getTypeName();
    }
    return nullable + named((Class<?>) annotated.getType());
  }

  /** A class by its name, without the package if that is java.lang or the described type's own. */
  private String named(Class<?> used) {
    String full = Objects.requireNonNull(used.getCanonicalName(), used::getName);
    String home = used.getPackageName();
    return home.equals(type.getPackageName()) || (home.equals("java.lang") && !used.isPrimitive())
        ? full.substring(home.length() + 1)
        : full;
  }
}
