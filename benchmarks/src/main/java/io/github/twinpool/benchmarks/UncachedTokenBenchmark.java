package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
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
 * A token that nobody has seen before. All check signature and expiry with a key that is at hand;
 * Twinpool checks all the rest, too. {@code raw} is the signature alone, with an engine for each
 * call as the documentation of {@link Signature} shows it; {@code rawReused} uses its engine again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UncachedTokenBenchmark {
  private static final String RS256 = "SHA256withRSA";

  private byte[] token;
  private byte[] signed;
  private byte[] signature;
  private RSAPublicKey key;
  private TokenValidator twinpool;
  private DefaultJWTProcessor<SecurityContext> nimbus;
  private NimbusJwtDecoder spring;
  private JWTVerifier javaJwt;
  private JwtConsumer jose4j;

  /** An engine, which only one thread may use. */
  @State(Scope.Thread)
  public static class Engine {
    private Signature ready;

    /** Makes it ready. */
    @Setup
    public void prepare(UncachedTokenBenchmark benchmark) throws GeneralSecurityException {
      ready = Signature.getInstance(RS256);
      ready.initVerify(benchmark.key);
    }
  }

  /** One token, and everybody ready for it. */
  @Setup
  public void prepare() throws JOSEException, IOException, ParseException {
    TokenFile file = TokenFile.read();
    token = file.tokens().get(0);
    String jwt = fresh();
    int dot = jwt.lastIndexOf('.');
    signed = jwt.substring(0, dot).getBytes(ISO_8859_1);
    signature = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
    JWKSet jwks = JWKSet.parse(file.jwks());
    key = ((RSAKey) jwks.getKeys().get(0)).toRSAPublicKey();
    twinpool = CognitoTokens.twinpool(file.jwks(), 0);
    nimbus = nimbus(jwks);
    spring = new NimbusJwtDecoder(nimbus(jwks));
    javaJwt = JWT.require(Algorithm.RSA256(key, null)).withIssuer(CognitoTokens.ISSUER).build();
    jose4j =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setExpectedIssuer(CognitoTokens.ISSUER)
            .setRequireExpirationTime()
            .setSkipDefaultAudienceValidation()
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, "RS256")
            .build();
  }

  private static DefaultJWTProcessor<SecurityContext> nimbus(JWKSet jwks) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(jwks)));
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

  /** Java's own check of a signature, and nothing else. */
  @Benchmark
  public boolean raw() throws GeneralSecurityException {
    Signature engine = Signature.getInstance(RS256);
    engine.initVerify(key);
    engine.update(signed);
    return engine.verify(signature);
  }

  /** The same with an engine that is ready. */
  @Benchmark
  public boolean rawReused(Engine engine) throws GeneralSecurityException {
    engine.ready.update(signed);
    return engine.ready.verify(signature);
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
