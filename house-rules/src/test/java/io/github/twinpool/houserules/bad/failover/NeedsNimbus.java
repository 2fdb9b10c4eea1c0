package io.github.twinpool.houserules.bad.failover;

import com.nimbusds.jwt.SignedJWT;

public interface NeedsNimbus {
  SignedJWT token();
}
