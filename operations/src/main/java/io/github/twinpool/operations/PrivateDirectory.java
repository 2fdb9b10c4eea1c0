package io.github.twinpool.operations;

import io.github.twinpool.internal.files.TrustedPaths;
import io.github.twinpool.internal.files.UntrustedPathException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that only this user can write to or read. What others could have put there is not
 * trusted: the directory and each file must be this user's own, be open to no other user, and be no
 * links, and no other user must be able to put another directory in its place. Where the file
 * system has no POSIX permissions (Windows), owners and modes are not checked: the operator chooses
 * a directory of his own.
 */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final Owner owner;

  /** Who this process is. */
  interface Owner {
    UserPrincipal of(Path file) throws IOException;
  }

  PrivateDirectory(Path directory) {
    this(directory, file -> TrustedPaths.thisUser());
  }

  PrivateDirectory(Path directory, Owner owner) {
    this.directory = directory;
    this.owner = owner;
  }

  /** Where a file of a name is, or would be. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** Makes it, unless it is there, and checks it. */
  void create() throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        Files.createDirectory(directory, mode());
      } catch (FileAlreadyExistsException e) {
        // Made meanwhile; checked below, whoever made it.
      }
    }
    check();
  }

  private FileAttribute<?>[] mode() {
    return hasModes()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
        : new FileAttribute<?>[0];
  }

  private boolean hasModes() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Reads a file; empty if there is none.
   *
   * @throws IOException also if the directory or the file is not to be trusted, or is too long
   */
  Optional<byte[]> read(String name, int most) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    check();
    Path file = file(name);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            checked(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.allocate(most + 1);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      if (!bytes.hasRemaining()) {
        throw new FileSystemException(file.toString(), null, "too long");
      }
      return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void check() throws IOException {
    require(
        Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isDirectory(),
        directory,
        "must be a directory, and no link");
    checkOwner(directory);
    if (!TrustedPaths.areKnownFor(directory)) {
      return;
    }
    try {
      TrustedPaths.resolved(directory);
    } catch (UntrustedPathException e) {
      throw new FileSystemException(
          directory.toString(), null, "its place must be trusted: " + e.getMessage());
    }
  }

  private Path checked(Path file) throws IOException {
    require(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isRegularFile(),
        file,
        "must be a file, and no link");
    checkOwner(file);
    return file;
  }

  private void checkOwner(Path file) throws IOException {
    if (!hasModes()) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    require(
        view.getOwner().equals(owner.of(file)), file, "must be owned by the user who runs this");
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(view.readAttributes().permissions());
    others.removeAll(OWNERS);
    require(others.isEmpty(), file, "must be open to its owner alone (chmod go-rwx)");
  }

  private static void require(boolean good, Path file, String rule) throws FileSystemException {
    if (!good) {
      throw new FileSystemException(file.toString(), null, rule);
    }
  }
}
