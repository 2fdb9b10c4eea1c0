package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A key set in a file.
 *
 * @param file where
 * @param executor reads it: a file may be on a disk that hangs
 * @param maxBytes the largest file that is read
 */
record FileKeySource(Path file, Executor executor, int maxBytes) implements KeySource {
  @Override
  public URI uri() {
    return file.toUri();
  }

  @Override
  public CompletableFuture<Jwks> fetch() {
    return CompletableFuture.supplyAsync(this::read, executor);
  }

  private Jwks read() {
    byte[] document;
    try (InputStream in = Files.newInputStream(file)) {
      document = in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw new KeySourceException(Reason.UNREADABLE, e.getClass().getSimpleName());
    }
    if (document.length > maxBytes) {
      throw new KeySourceException(Reason.TOO_LARGE, "over " + maxBytes + " bytes");
    }
    return Jwks.parse(document);
  }
}
