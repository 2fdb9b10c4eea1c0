package io.github.twinpool.internal.files;

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

/**
 * Who can have put a file where it is, as far as a POSIX file system says. What only this user and
 * root can have put there can be replaced by no other between the look at it and its use.
 */
public final class TrustedPaths {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int MAX_LINKS = 40;
  private static final int STICKY = 01000;
  private static final Integer ROOT = 0;
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  private TrustedPaths() {}

  /** Whether the file system has owners and permissions. */
  public static boolean areKnownFor(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /**
   * The path without links, after looking at each link and each directory on the way, up to the
   * root: all must be this user's or root's, and others must not be able to replace an entry of a
   * directory. What is at the end of the path is not looked at.
   *
   * @throws UntrustedPathException if others can have put there what is there, or can replace it
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  public static Path resolved(Path path) throws IOException {
    Path real = path.toAbsolutePath().getRoot();
    Deque<Path> rest = new ArrayDeque<>();
    path.toAbsolutePath().forEach(rest::add);
    int links = 0;
    while (!rest.isEmpty()) {
      requireNotReplaceable(real);
      Path next = real.resolve(rest.remove()).normalize(); // real has no links: ".." is its parent
      if (!attributes(next).isSymbolicLink()) {
        real = next;
        continue;
      }
      require(++links <= MAX_LINKS, "too many links");
      require(isThisUsersOrRoots(next), "another user owns a link to it");
      Path target = Files.readSymbolicLink(next);
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        rest.addFirst(target.getName(i));
      }
      real = target.isAbsolute() ? target.getRoot() : real;
    }
    return real;
  }

  /**
   * The file at the end of all links, after looking at the way there, as {@link #resolved} does,
   * and at the file: it must be a plain one, this user's or root's, and others must not be able to
   * write it.
   *
   * @throws UntrustedPathException if others can have written it
   */
  public static Path file(Path path) throws IOException {
    Path real = resolved(path);
    PosixFileAttributes file = attributes(real);
    require(file.isRegularFile(), "no plain file");
    require(!othersMayWrite(file), "others may write it");
    require(isThisUsersOrRoots(real), "another user owns it");
    // In a directory like /tmp others can give a name to any file, also to one of this user's that
    // is something else.
    require(
        !othersMayWrite(attributes(parent(real)))
            || Files.getFileStore(real).isReadOnly()
            || Integer.valueOf(1).equals(Files.getAttribute(real, "unix:nlink")),
        "it has several names, and others may write its directory");
    return real;
  }

  /** A directory whose entries can be replaced by others makes all below it theirs. */
  private static void requireNotReplaceable(Path directory) throws IOException {
    require(isThisUsersOrRoots(directory), "another user owns its directory");
    boolean sticky = ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
    // Kubernetes mounts config maps with mode 0777, but read-only.
    require(
        !othersMayWrite(attributes(directory))
            || sticky
            || Files.getFileStore(directory).isReadOnly(),
        "others may write its directory");
  }

  /** Whether this user or root owns a file, a directory or a link. */
  public static boolean isThisUsersOrRoots(Path path) throws IOException {
    return ROOT.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        || Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(thisUser());
  }

  /**
   * Who this process is, by the kernel's word where it has one. A name or a number in the
   * environment would only claim it.
   */
  public static UserPrincipal thisUser() throws IOException {
    return Files.exists(THIS_PROCESS)
        ? Files.getOwner(THIS_PROCESS)
        : ownerOfNewFilesIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Who owns what this process writes there: a file system of the network may say another. */
  public static UserPrincipal ownerOfNewFilesIn(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".twinpool", ".tmp", OWNER_ONLY);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Whether others than the owner may write. */
  public static boolean othersMayWrite(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** Of a link its own. */
  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void require(boolean trusted, String otherwise) {
    if (!trusted) {
      throw new UntrustedPathException(otherwise);
    }
  }
}
