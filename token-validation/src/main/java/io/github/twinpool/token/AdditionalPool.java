package io.github.twinpool.token;

import io.github.twinpool.UserPool;

/** The options of a validator's second and further pools. */
final class AdditionalPool extends PoolOptions<AdditionalPool> {
  AdditionalPool(UserPool pool) {
    super(pool);
  }

  @Override
  AdditionalPool self() {
    return this;
  }
}
