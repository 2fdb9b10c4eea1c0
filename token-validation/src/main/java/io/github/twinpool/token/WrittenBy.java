package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who can have written a file, as far as a POSIX file system says. */
final class WrittenBy {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int MAX_LINKS = 40;
  private static final int STICKY = 01000;
  private static final Integer ROOT = 0;

  private WrittenBy() {}

  /** Whether the file system has owners and permissions. */
  static boolean isKnownFor(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /**
   * The file at the end of all links, after looking at each link, each link's directory, the file
   * and its directory: all must be this user's or root's, and others must not be able to write the
   * file or to replace an entry of a directory. Directories further up are not looked at.
   *
   * @throws KeySourceException if others can have written it
   */
  static Path thisUserOrRoot(Path path) throws IOException {
    Path real = path.toAbsolutePath().getRoot();
    Deque<Path> rest = new ArrayDeque<>();
    path.toAbsolutePath().forEach(rest::add);
    int links = 0;
    while (!rest.isEmpty()) {
      Path next = real.resolve(rest.remove()).normalize(); // real has no links: ".." is its parent
      PosixFileAttributes attributes = attributes(next, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isSymbolicLink()) {
        real = next;
        continue;
      }
      check(++links <= MAX_LINKS, "too many links");
      check(isThisUserOrRoot(next), "another user owns a link to it");
      checkDirectory(real);
      Path target = Files.readSymbolicLink(next);
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        rest.addFirst(target.getName(i));
      }
      real = target.isAbsolute() ? target.getRoot() : real;
    }
    PosixFileAttributes file = attributes(real, LinkOption.NOFOLLOW_LINKS);
    check(file.isRegularFile(), "no plain file");
    check(!othersMayWrite(file), "others may write it");
    check(isThisUserOrRoot(real), "another user owns it");
    checkDirectory(directory(real));
    return real;
  }

  private static void checkDirectory(Path directory) throws IOException {
    check(isThisUserOrRoot(directory), "another user owns its directory");
    int mode = (int) Files.getAttribute(directory, "unix:mode");
    boolean others = othersMayWrite(attributes(directory)) && (mode & STICKY) == 0;
    // Kubernetes mounts config maps with mode 0777, but read-only.
    check(!others || Files.getFileStore(directory).isReadOnly(), "others may write its directory");
  }

  static boolean isThisUserOrRoot(Path path) throws IOException {
    return ROOT.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        || Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
            .equals(thisUser(Path.of(System.getProperty("java.io.tmpdir"))));
  }

  static Path directory(Path file) {
    Path parent = file.getParent();
    return parent == null ? file.toAbsolutePath().getRoot() : parent;
  }

  static PosixFileAttributes attributes(Path path, LinkOption... options) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, options);
  }

  /** What a new file's owner is, which a name or a number in the environment would only claim. */
  static UserPrincipal thisUser(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".twinpool", ".tmp", OWNER_ONLY);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      delete(probe);
    }
  }

  static boolean othersMayWrite(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  static void check(boolean trusted, String otherwise) {
    if (!trusted) {
      throw new KeySourceException(Reason.NOT_TRUSTED, otherwise);
    }
  }

  static void delete(@Nullable Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is empty or unfinished, and only its owner can read it.
    }
  }
}
