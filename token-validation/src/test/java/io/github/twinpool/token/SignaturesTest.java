package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are used again must forget what they were used for. */
class SignaturesTest {
  private static final String TEXT = "header.claims";

  private final Signatures signatures = new Signatures(null);

  private boolean good(RSAKey key, String text, byte[] signature) {
    return signatures.verify(TestKeys.signingKey(key), text.getBytes(UTF_8), signature);
  }

  private static byte[] sign(RSAKey key, String text) {
    return TestTokens.signature("SHA256withRSA", key, text);
  }

  @Test
  void right_and_wrong_ones_in_any_order_are_told_apart() {
    byte[] right = sign(ACCESS, TEXT);
    byte[] flipped = right.clone();
    flipped[7] ^= 4;
    for (int i = 0; i < 20; i++) {
      assertThat(good(ACCESS, TEXT, right)).isTrue();
      assertThat(good(ACCESS, TEXT, flipped)).isFalse();
      assertThat(good(ACCESS, TEXT + "x", right)).isFalse();
      assertThat(good(ACCESS, TEXT, Arrays.copyOf(right, 255))).isFalse();
      assertThat(good(ACCESS, TEXT, new byte[0])).isFalse();
      assertThat(good(ID, TEXT, right)).isFalse();
      assertThat(good(ID, TEXT, sign(ID, TEXT))).isTrue();
    }
  }

  @Test
  void many_threads_at_once_get_their_own_answers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(24);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        RSAKey key = i % 2 == 0 ? ACCESS : ID;
        String text = TEXT + i % 7;
        byte[] signature = sign(key, i % 3 == 0 ? text + "!" : text);
        answers.add(threads.submit(() -> good(key, text, signature)));
      }
      for (int i = 0; i < 600; i++) {
        assertThat(answers.get(i).get()).as("call " + i).isEqualTo(i % 3 != 0);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void what_is_idle_is_given_to_one_only_and_there_is_not_place_for_everything() {
    Idle<Integer> idle = new Idle<>();
    assertThat(idle.take()).isNull();
    for (int i = 0; i < 100; i++) {
      idle.leave(i);
    }
    List<Integer> taken = new ArrayList<>();
    for (Integer next = idle.take(); next != null; next = idle.take()) {
      taken.add(next);
    }
    assertThat(taken).hasSize(16).doesNotHaveDuplicates();
    idle.leave(7);
    assertThat(idle.take()).isEqualTo(7);
  }

  @Test
  void the_sample_is_good_and_the_jvm_s_own_provider_passes() {
    SignatureSample sample = SignatureSample.rs256();
    assertThat(signatures.verify(sample.key(), sample.signed(), sample.signature())).isTrue();
    Provider own = Security.getProvider("SunRsaSign");
    assertThat(Signatures.works(own, sample)).isTrue();
  }

  /** A provider whose engine answers as a test wants. */
  public static final class Broken extends Provider {
    private static final long serialVersionUID = 1L;

    Broken(Class<? extends SignatureSpi> engine) {
      super("Broken", "1", "for a test");
      put("Signature.SHA256withRSA", engine.getName());
    }
  }

  /** Finds every signature good. */
  public static class Yes extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {}

    @Override
    protected void engineInitSign(java.security.PrivateKey key) {}

    @Override
    protected void engineUpdate(byte b) {}

    @Override
    protected void engineUpdate(byte[] b, int off, int len) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Deprecated
    @Override
    protected void engineSetParameter(String name, Object value) {}

    @Deprecated
    @Override
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** Finds none good. */
  public static final class No extends Yes {
    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }
  }

  /** Has no native library. */
  public static final class Unlinked extends Yes {
    @Override
    protected boolean engineVerify(byte[] signature) {
      throw new UnsatisfiedLinkError("not for this machine");
    }
  }

  @Test
  void providers_that_do_not_work_are_found_out() {
    for (Class<? extends SignatureSpi> engine : List.of(Yes.class, No.class, Unlinked.class)) {
      assertThat(Signatures.works(new Broken(engine), SignatureSample.rs256()))
          .as(engine.getSimpleName())
          .isFalse();
    }
    Provider empty = new Provider("Empty", "1", "for a test") {};
    assertThat(Signatures.works(empty, SignatureSample.rs256())).isFalse();
  }

  /** Takes no key. */
  public static final class Choosy extends Yes {
    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException("not this one");
    }
  }

  @Test
  void a_key_that_the_provider_does_not_take_is_tried_with_the_jvm_s_own() {
    Signatures choosy = new Signatures(new Broken(Choosy.class));
    byte[] right = sign(ACCESS, TEXT);
    SigningKey key = TestKeys.signingKey(ACCESS);
    for (int i = 0; i < 3; i++) {
      assertThat(choosy.verify(key, TEXT.getBytes(UTF_8), right)).isTrue();
      assertThat(choosy.verify(key, "other".getBytes(UTF_8), right)).isFalse();
    }
  }

  @Test
  void a_key_that_nobody_takes_has_signed_nothing() {
    RSAPublicKeySpec tiny =
        new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(400).add(BigInteger.ONE), BigInteger.TEN);
    RSAPublicKey unusable = new UncheckedKey(tiny);
    assertThat(signatures.verify(new SigningKey("tiny", unusable), new byte[1], new byte[50]))
        .isFalse();
  }

  /** Numbers that no factory for keys would let pass. */
  private record UncheckedKey(RSAPublicKeySpec numbers) implements RSAPublicKey {
    @Override
    public BigInteger getModulus() {
      return numbers.getModulus();
    }

    @Override
    public BigInteger getPublicExponent() {
      return numbers.getPublicExponent();
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  @Test
  void only_the_first_bytes_that_are_asked_for_count() {
    byte[] right = sign(ACCESS, TEXT);
    byte[] longer = (TEXT + ".signature").getBytes(UTF_8);
    SigningKey key = TestKeys.signingKey(ACCESS);
    assertThat(signatures.verify(key, longer, TEXT.length(), right)).isTrue();
    assertThat(signatures.verify(key, longer, TEXT.length() + 1, right)).isFalse();
    assertThat(signatures.verify(key, longer, TEXT.length() - 1, right)).isFalse();
  }

  /** Cannot be made. */
  public static final class Refusing extends Provider {
    private static final long serialVersionUID = 1L;

    /** Fails. */
    public Refusing() {
      super("Refusing", "1", "for a test");
      throw new UnsatisfiedLinkError("not for this machine");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no.such.Provider",
        "java.lang.Object",
        "java.lang.Integer",
        "java.security.Provider",
        "io.github.twinpool.token.SignaturesTest$Refusing"
      })
  void what_cannot_be_loaded_is_not_there(String name) {
    assertThat(CorrettoCrypto.load(name)).isNull();
  }

  @Test
  void corretto_crypto_is_never_required() {
    Provider found = CorrettoCrypto.find();
    System.out.println("ACCP: " + found);
    byte[] right = sign(ACCESS, TEXT);
    Signatures checked = new Signatures(found);
    SigningKey key = TestKeys.signingKey(ACCESS);
    for (int i = 0; i < 3; i++) {
      assertThat(checked.verify(key, TEXT.getBytes(UTF_8), right)).isTrue();
      assertThat(checked.verify(key, "other".getBytes(UTF_8), right)).isFalse();
      assertThat(checked.verify(key, TEXT.getBytes(UTF_8), new byte[3])).isFalse();
    }
  }
}
