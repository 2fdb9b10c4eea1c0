package io.github.twinpool;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one operation of the Cognito user pools API needs of a multi-Region pool: what the secondary
 * serves, where a client may send it, and what an application can offer because of it.
 *
 * <p>The catalogue is the data file {@code operation-support.txt} of this package, taken from the
 * Cognito developer guide's table for multi-Region replication. An operation that it does not know
 * is {@linkplain Routing#PRIMARY_ONLY primary only}, as AWS states for everything that its table
 * leaves out.
 *
 * @param operation the operation's name on the wire, for instance {@code GetUICustomization}
 * @param secondary when a secondary serves it
 * @param routing where a client may send it
 * @param capability what it lets an application offer
 */
public record OperationSupport(
    String operation, Secondary secondary, Routing routing, Capability capability) {

  /** When a secondary serves an operation. */
  public enum Secondary {
    /** Never: it answers {@code OperationNotEnabledException}. */
    NEVER,
    /** While the replica is ACTIVE. */
    ACTIVE,
    /** While the replica is INACTIVE, too. */
    ALWAYS
  }

  /** Where a client may send an operation. */
  public enum Routing {
    /** To the primary Region only. */
    PRIMARY_ONLY,
    /** To either Region. */
    EITHER_REGION,
    /** To either Region at first; with a Session or a page token, to the Region that issued it. */
    SAME_REGION,
    /** Reads or writes one Region's own configuration, so it stays in the Region the user names. */
    REGION_CONFIGURATION;

    /** Whether a failed attempt in one Region may be followed by one in the other. */
    public boolean moves() {
      return this == EITHER_REGION || this == SAME_REGION;
    }
  }

  private static final Map<String, OperationSupport> CATALOGUE = load();

  /**
   * What the catalogue says of an operation.
   *
   * @param operation the name on the wire; letter case does not matter, since SDKs spell some names
   *     their own way ({@code GetUiCustomization})
   */
  public static OperationSupport of(String operation) {
    OperationSupport known = CATALOGUE.get(operation);
    return known != null
        ? known
        : new OperationSupport(
            operation, Secondary.NEVER, Routing.PRIMARY_ONLY, Capability.POOL_ADMINISTRATION);
  }

  /** Every operation of the catalogue, in alphabetical order; unmodifiable. */
  public static Collection<OperationSupport> catalogue() {
    return Collections.unmodifiableCollection(CATALOGUE.values());
  }

  private static Map<String, OperationSupport> load() {
    Map<String, OperationSupport> catalogue = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : DataFile.lines("operation-support.txt")) {
      OperationSupport row = parse(line);
      if (catalogue.put(row.operation(), row) != null) {
        throw new IllegalStateException("operation-support.txt lists twice: " + row.operation());
      }
    }
    return catalogue;
  }

  private static OperationSupport parse(String line) {
    String[] columns = line.split(" +", -1);
    if (columns.length != 4) {
      throw new IllegalStateException("operation-support.txt wants four columns: " + line);
    }
    return new OperationSupport(
        columns[0],
        Secondary.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        switch (columns[2]) {
          case "primary" -> Routing.PRIMARY_ONLY;
          case "either" -> Routing.EITHER_REGION;
          case "same-region" -> Routing.SAME_REGION;
          case "configuration" -> Routing.REGION_CONFIGURATION;
          default -> throw new IllegalStateException("operation-support.txt, routing: " + line);
        },
        Capability.valueOf(columns[3]));
  }
}
