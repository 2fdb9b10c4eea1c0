package io.github.twinpool.internal.versions;

import io.github.twinpool.IncompatibleLibraryException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A library that a module uses, and what tells a version that is new enough from one that is not.
 * The check links nothing: it looks classes up by name, and initialises none.
 *
 * @param name as {@code groupId:artifactId}
 * @param atLeast the oldest version that works
 * @param needs what that version has and older ones lack: {@code a.b.Class} or {@code
 *     a.b.Class#method}
 */
public record RequiredLibrary(String name, String atLeast, List<String> needs) {
  /** Copies the list. */
  public RequiredLibrary {
    needs = List.copyOf(needs);
  }

  /**
   * Looks for what is needed.
   *
   * @param loader the loader of the classes that use the library
   * @param anyClass a class that every version of the library has, by which the file is found
   * @throws IncompatibleLibraryException if something is missing
   */
  public void check(ClassLoader loader, String anyClass) {
    for (String need : needs) {
      String[] parts = need.split("#", 2);
      Class<?> type = find(loader, parts[0]);
      if (type == null || (parts.length > 1 && !hasMethod(type, parts[1]))) {
        throw new IncompatibleLibraryException(name, atLeast, file(loader, anyClass), need);
      }
    }
  }

  private static @Nullable Class<?> find(ClassLoader loader, String type) {
    try {
      return Class.forName(type, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static boolean hasMethod(Class<?> type, String method) {
    try {
      return Arrays.stream(type.getMethods()).anyMatch(it -> it.getName().equals(method));
    } catch (LinkageError e) {
      return false;
    }
  }

  /** The file's name has the version, as a rule; manifests often lack it. */
  private static String file(ClassLoader loader, String anyClass) {
    Class<?> type = find(loader, anyClass);
    CodeSource source = type == null ? null : type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null) {
      return type == null ? "nothing" : "a file without a name";
    }
    String[] path = location.getPath().split("[/!]+", -1);
    for (int i = path.length - 1; i >= 0; i--) {
      if (!path[i].isEmpty()) {
        return path[i];
      }
    }
    return location.toString();
  }
}
