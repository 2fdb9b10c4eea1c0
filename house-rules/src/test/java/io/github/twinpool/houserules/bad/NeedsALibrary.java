package io.github.twinpool.houserules.bad;

import com.tngtech.archunit.core.domain.JavaClass;

/** Core, with a dependency. */
public interface NeedsALibrary {
  JavaClass type();
}
