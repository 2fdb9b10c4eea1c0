package io.github.twinpool;

/**
 * A library on the class path lacks what Twinpool needs of it: it is missing or too old. Thrown
 * when a client is built, so that no call meets a linkage error. Not retryable: the dependencies
 * must change.
 */
public final class IncompatibleLibraryException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String library;
  private final String needed;
  private final String found;

  /**
   * Made by Twinpool's modules.
   *
   * @param library as {@code groupId:artifactId}
   * @param needed the oldest version that works
   * @param found the file that was found, or "nothing"
   * @param missing the class or method that it lacks
   */
  public IncompatibleLibraryException(String library, String needed, String found, String missing) {
    super(
        "Twinpool needs "
            + library
            + " "
            + needed
            + " or newer, and found "
            + found
            + ", which lacks "
            + missing);
    this.library = library;
    this.needed = needed;
    this.found = found;
  }

  /** The library, as {@code groupId:artifactId}. */
  public String library() {
    return library;
  }

  /** The oldest version that works. */
  public String needed() {
    return needed;
  }

  /** The file that was found, with its version if the name has it, or "nothing". */
  public String found() {
    return found;
  }
}
