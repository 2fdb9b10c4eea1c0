package io.github.twinpool.examples.bad.failover;

import com.nimbusds.jwt.SignedJWT;

public interface NeedsNimbus {
  SignedJWT token();
}
