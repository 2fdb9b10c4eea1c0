package io.github.twinpool.benchmarks.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * A token that nobody has seen before. All check signature, issuer and expiry with a key that is at
 * hand; Twinpool checks the rest, too. {@code raw} is the bare signature: the floor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UncachedBenchmark {
  private byte[] token;
  private byte[] signed;
  private byte[] signature;
  private PublicKey key;
  private TokenValidator twinpool;
  private DefaultJWTProcessor<SecurityContext> nimbus;
  private NimbusJwtDecoder spring;
  private JWTVerifier javaJwt;
  private JwtConsumer jose4j;

  /** One token, and everybody ready for it. */
  @Setup
  public void prepare() throws JOSEException, IOException {
    Tokens tokens = Tokens.create();
    String jwt = tokens.next();
    token = jwt.getBytes(ISO_8859_1);
    int dot = jwt.lastIndexOf('.');
    signed = jwt.substring(0, dot).getBytes(ISO_8859_1);
    signature = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
    key = tokens.key.toPublicKey();
    twinpool =
        TokenValidator.builder(Tokens.POOL)
            .clientId(Tokens.CLIENT)
            .fetchKeys(false)
            .keyFile(tokens.keyFile())
            .preload(Preload.BLOCKING)
            .tokenCacheBytes(0)
            .build();
    nimbus = nimbus(tokens);
    spring = new NimbusJwtDecoder(nimbus(tokens));
    javaJwt =
        JWT.require(Algorithm.RSA256(tokens.key.toRSAPublicKey(), null))
            .withIssuer(Tokens.ISSUER)
            .build();
    jose4j =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setExpectedIssuer(Tokens.ISSUER)
            .setRequireExpirationTime()
            .setSkipDefaultAudienceValidation()
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
            .build();
  }

  static DefaultJWTProcessor<SecurityContext> nimbus(Tokens tokens) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, new ImmutableJWKSet<>(new JWKSet(tokens.key.toPublicJWK()))));
    return processor;
  }

  /** Ends the validator's threads. */
  @TearDown
  public void close() {
    twinpool.close();
  }

  private String fresh() {
    return new String(token, ISO_8859_1);
  }

  /** Java's own signature check, and nothing else. */
  @Benchmark
  public boolean raw() throws GeneralSecurityException {
    Signature engine = Signature.getInstance("SHA256withRSA");
    engine.initVerify(key);
    engine.update(signed);
    return engine.verify(signature);
  }

  /** Twinpool without its cache. */
  @Benchmark
  public Object twinpool() {
    return twinpool.validateAccessToken(fresh());
  }

  /** Nimbus. */
  @Benchmark
  public Object nimbus() throws Exception {
    return nimbus.process(fresh(), null);
  }

  /** Spring Security. */
  @Benchmark
  public Object spring() {
    return spring.decode(fresh());
  }

  /** Auth0's java-jwt. */
  @Benchmark
  public Object javaJwt() {
    return javaJwt.verify(fresh());
  }

  /** jose4j. */
  @Benchmark
  public Object jose4j() throws InvalidJwtException {
    return jose4j.processToClaims(fresh());
  }
}
