package io.github.twinpool.token;

import static io.github.twinpool.token.WrittenBy.OWNER_ONLY;
import static io.github.twinpool.token.WrittenBy.attributes;
import static io.github.twinpool.token.WrittenBy.check;
import static io.github.twinpool.token.WrittenBy.delete;
import static io.github.twinpool.token.WrittenBy.isThisUserOrRoot;
import static io.github.twinpool.token.WrittenBy.othersMayWrite;
import static io.github.twinpool.token.WrittenBy.thisUser;

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
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file that only this process's user can have written. It is refused when it is a link or
 * anything but a plain file, when another user owns it or its directory, and when others may write
 * one of them. Wants a POSIX file system.
 *
 * @param path where; its directory must exist
 * @param maxBytes the largest file that is read
 */
record OwnedFile(Path path, int maxBytes) {
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
    return WrittenBy.directory(path);
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
      check(isThisUserOrRoot(directory().toRealPath()), "another user owns its directory");
      check(file.owner().equals(thisUser(directory())), "another user owns it");
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
}
