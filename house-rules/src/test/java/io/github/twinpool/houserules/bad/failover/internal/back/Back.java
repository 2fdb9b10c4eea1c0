package io.github.twinpool.houserules.bad.failover.internal.back;

import io.github.twinpool.houserules.bad.failover.internal.there.There;

public interface Back {
  There there();
}
