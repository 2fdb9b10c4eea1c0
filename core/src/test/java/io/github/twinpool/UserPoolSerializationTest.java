package io.github.twinpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserPoolSerializationTest {
  private static final UserPool POOL =
      UserPool.builder("us-east-1_EXAMPLE")
          .allowUnlistedRegions(true)
          .secondaryRegion("us-west-2")
          .endpoint(RegionRole.PRIMARY, URI.create("https://primary.example"))
          .endpoint(RegionRole.SECONDARY, URI.create("https://secondary.example"))
          .updatedIssuerEndpoint(URI.create("https://updated.example"))
          .domain("my-app")
          .domainEndpoint(RegionRole.PRIMARY, URI.create("https://domain.example"))
          .build();

  private static byte[] written(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  @Test
  void a_pool_is_read_back_with_all_that_was_set() throws Exception {
    assertThat(read(written(POOL))).isEqualTo(POOL);
    UserPool plain = UserPool.of("eu-west-1_PLAIN");
    assertThat(read(written(plain))).isEqualTo(plain);
  }

  @Test
  void what_is_read_back_has_passed_the_builder_s_checks() throws Exception {
    String good = new String(written(POOL), StandardCharsets.ISO_8859_1);
    String bad = good.replace("https://primary.example", "http://primary.exampleX");
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> read(bad.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidObjectException.class);
  }
}
