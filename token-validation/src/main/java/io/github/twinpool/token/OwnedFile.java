package io.github.twinpool.token;

import io.github.twinpool.internal.files.TrustedPaths;
import io.github.twinpool.internal.files.UntrustedPathException;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only this process's user can have written. It is refused when it is a link or
 * anything but a plain file, when another user owns it, when others may write it or its directory,
 * and when others can replace a directory on the way to it. Wants a POSIX file system.
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
      require(file.isRegularFile(), "a link, or no plain file");
      require(!TrustedPaths.othersMayWrite(file), "others may write it");
      Path directory = ownDirectory();
      require(
          file.owner().equals(TrustedPaths.ownerOfNewFilesIn(directory)), "another user owns it");
      try (InputStream in =
          Files.newInputStream(directory.resolve(path.getFileName()), LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes(maxBytes + 1);
        if (content.length > maxBytes) {
          throw new KeySourceException(Reason.TOO_LARGE, "over " + maxBytes + " bytes");
        }
        return content;
      }
    } catch (NoSuchFileException none) {
      return null;
    } catch (UntrustedPathException refused) {
      throw notTrusted(String.valueOf(refused.getMessage()));
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
      Path directory = ownDirectory();
      next = Files.createTempFile(directory, ".twinpool", ".tmp", OWNER_ONLY);
      try (FileChannel channel =
          FileChannel.open(next, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(
          next,
          directory.resolve(path.getFileName()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (UntrustedPathException refused) {
      delete(next);
      throw notTrusted(String.valueOf(refused.getMessage()));
    } catch (IOException e) {
      delete(next);
      throw new KeySourceException(Reason.UNWRITABLE, e.getClass().getSimpleName());
    }
  }

  /**
   * The directory without links, in which others can put nothing, also not while a file is written:
   * a link in the place of the new file would lead this user's rights elsewhere.
   */
  private Path ownDirectory() throws IOException {
    Path directory = TrustedPaths.resolved(directory());
    require(TrustedPaths.isThisUsersOrRoots(directory), "another user owns its directory");
    require(!TrustedPaths.othersMayWrite(attributes(directory)), "others may write its directory");
    return directory;
  }

  private static PosixFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, options);
  }

  private static void require(boolean trusted, String otherwise) {
    if (!trusted) {
      throw notTrusted(otherwise);
    }
  }

  private static KeySourceException notTrusted(String why) {
    return new KeySourceException(Reason.NOT_TRUSTED, why);
  }

  private static void delete(@Nullable Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is empty or unfinished, and only its owner can read it.
    }
  }
}
