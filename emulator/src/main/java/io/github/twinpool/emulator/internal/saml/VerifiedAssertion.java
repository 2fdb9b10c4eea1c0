package io.github.twinpool.emulator.internal.saml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an identity provider says of a person, once everything about it was verified. Immutable.
 *
 * @param id what no other assertion of this provider may be called
 * @param sessionIndex of the first AuthnStatement, if it has one
 * @param attributes by name, with all their values
 */
public record VerifiedAssertion(
    String id, NameId nameId, Optional<String> sessionIndex, Map<String, List<String>> attributes) {
  /** Copies the attributes. */
  public VerifiedAssertion {
    attributes = new LinkedHashMap<>(attributes);
    attributes.replaceAll((name, values) -> List.copyOf(values));
    attributes = Collections.unmodifiableMap(attributes);
  }

  /** Without what it says. */
  @Override
  public String toString() {
    return "VerifiedAssertion[" + id + "]";
  }
}
