package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only this process's user can have written. It is refused when it is a link or
 * anything but a plain file, when somebody else owns it, and when others may write it or its
 * directory. Wants a POSIX file system.
 *
 * @param path where; its directory must exist
 * @param maxBytes the largest file that is read
 */
record OwnedFile(Path path, int maxBytes) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Whether the directory is there and says who may write what. */
  boolean isPossible() {
    try {
      return Files.isDirectory(directory())
          && Files.getFileStore(directory()).supportsFileAttributeView("posix");
    } catch (IOException e) {
      return false;
    }
  }

  private Path directory() {
    Path parent = path.getParent();
    return parent == null ? path.toAbsolutePath().getRoot() : parent;
  }

  /**
   * The content, null when there is no such file.
   *
   * @throws KeySourceException if the file is refused or cannot be read
   */
  byte @Nullable [] read() {
    try {
      PosixFileAttributes file = attributes(path, LinkOption.NOFOLLOW_LINKS);
      check(file.isRegularFile(), "a link, or no plain file");
      check(!othersMayWrite(file), "others may write it");
      check(!othersMayWrite(attributes(directory())), "others may write its directory");
      check(file.owner().equals(thisUser()), "somebody else owns it");
      try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes(maxBytes + 1);
        if (content.length > maxBytes) {
          throw new KeySourceException(Reason.TOO_LARGE, "over " + maxBytes + " bytes");
        }
        return content;
      }
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw new KeySourceException(Reason.UNREADABLE, e.getClass().getSimpleName());
    }
  }

  /**
   * Replaces the file, so that whoever reads it sees the old content or the new.
   *
   * @throws KeySourceException if that cannot be done
   */
  void write(byte[] content) {
    Path next = null;
    try {
      check(!othersMayWrite(attributes(directory())), "others may write its directory");
      next = Files.createTempFile(directory(), ".twinpool", ".tmp", OWNER_ONLY);
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      delete(next);
      throw new KeySourceException(Reason.UNWRITABLE, e.getClass().getSimpleName());
    }
  }

  private static PosixFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, options);
  }

  /** What a new file's owner is, which a name or a number in the environment would only claim. */
  private UserPrincipal thisUser() throws IOException {
    Path probe = Files.createTempFile(directory(), ".twinpool", ".tmp", OWNER_ONLY);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      delete(probe);
    }
  }

  private static boolean othersMayWrite(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static void check(boolean trusted, String otherwise) {
    if (!trusted) {
      throw new KeySourceException(Reason.NOT_TRUSTED, otherwise);
    }
  }

  private static void delete(@Nullable Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is empty or unfinished, only its owner can read it, and nobody will.
    }
  }
}
