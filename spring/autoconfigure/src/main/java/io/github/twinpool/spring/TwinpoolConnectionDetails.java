package io.github.twinpool.spring;

import io.github.twinpool.UserPool;
import java.util.Set;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Which user pool to use and where it is. A bean of this type takes precedence over the properties
 * that say the same; without one, they are read.
 */
public interface TwinpoolConnectionDetails extends ConnectionDetails {
  /** The user pool with its Regions and endpoints. */
  UserPool userPool();

  /** The app clients whose tokens are accepted; if empty, {@code twinpool.any-client} decides. */
  Set<String> clientIds();
}
