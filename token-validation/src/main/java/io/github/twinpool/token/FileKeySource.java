package io.github.twinpool.token;

import io.github.twinpool.internal.files.TrustedPaths;
import io.github.twinpool.internal.files.UntrustedPathException;
import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key set in a file that something else keeps up to date. Who can write it can make tokens, so it
 * is refused where {@link TrustedPaths} says that others can.
 */
final class FileKeySource implements KeySource {
  private static final Logger log = LoggerFactory.getLogger(FileKeySource.class);

  private final Path file;
  private final Executor executor;
  private final int maxBytes;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @param file where
   * @param executor reads it: a file may be on a disk that hangs. One read at a time
   * @param maxBytes the largest file that is read
   */
  FileKeySource(Path file, Executor executor, int maxBytes) {
    this.file = file;
    this.executor = executor;
    this.maxBytes = maxBytes;
  }

  @Override
  public URI uri() {
    return file.toUri();
  }

  @Override
  public CompletableFuture<Jwks> fetch() {
    if (!reading.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(
          new KeySourceException(Reason.TIMEOUT, "an earlier read has not ended"));
    }
    return CompletableFuture.supplyAsync(this::readOnce, executor);
  }

  private Jwks readOnce() {
    try {
      return read();
    } finally {
      reading.set(false);
    }
  }

  private Jwks read() {
    byte[] document;
    try (InputStream in = Files.newInputStream(trusted())) {
      document = in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw new KeySourceException(Reason.UNREADABLE, e.getClass().getSimpleName());
    }
    if (document.length > maxBytes) {
      throw new KeySourceException(Reason.TOO_LARGE, "over " + maxBytes + " bytes");
    }
    return Jwks.parse(document);
  }

  /** The file behind all links. Each change for the worse is warned about once. */
  private Path trusted() throws IOException {
    if (!TrustedPaths.areKnownFor(file)) {
      warnOnce("its file system does not say who may write it: make sure that only you can");
      return file;
    }
    try {
      Path real = TrustedPaths.file(file);
      warned.set(false);
      return real;
    } catch (UntrustedPathException refused) {
      warnOnce("it is not read: " + refused.getMessage());
      throw new KeySourceException(Reason.NOT_TRUSTED, String.valueOf(refused.getMessage()));
    }
  }

  private void warnOnce(String what) {
    if (warned.compareAndSet(false, true)) {
      log.warn("keyFile {}: {}", file, what);
    }
  }
}
