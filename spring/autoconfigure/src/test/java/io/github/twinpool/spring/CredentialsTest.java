package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Whose credentials sign the calls that want a signature. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsTest {
  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @Test
  void those_of_the_only_bean_that_there_is() {
    Provider provider = new Provider();
    runner()
        .withBean(AwsCredentialsProvider.class, () -> provider)
        .run(
            context -> {
              String id = pool.emulator().userPool().id();
              context
                  .getBean(CognitoIdentityProviderClient.class)
                  .adminGetUser(it -> it.userPoolId(id).username(TestPool.USER));
              assertThat(provider.asked).hasPositiveValue();

              int before = provider.asked.get();
              context
                  .getBean(CognitoIdentityProviderAsyncClient.class)
                  .adminGetUser(it -> it.userPoolId(id).username(TestPool.USER))
                  .join();
              assertThat(provider.asked).hasValueGreaterThan(before);
            });
  }

  /** Which one would be a guess. A customizer of the application's can say. */
  @Test
  void of_two_beans_neither_but_a_customizer_can_say_which() {
    Provider one = new Provider();
    Provider two = new Provider();
    Provider said = new Provider();
    runner()
        .withBean("one", AwsCredentialsProvider.class, () -> one)
        .withBean("two", AwsCredentialsProvider.class, () -> two)
        .withBean(
            RegionClientBuilderCustomizer.class,
            () -> (role, builder) -> builder.credentialsProvider(said))
        .run(
            context -> {
              context
                  .getBean(CognitoIdentityProviderClient.class)
                  .adminGetUser(
                      it -> it.userPoolId(pool.emulator().userPool().id()).username(TestPool.USER));
              assertThat(said.asked).hasPositiveValue();
              assertThat(one.asked).hasValue(0);
              assertThat(two.asked).hasValue(0);
            });
  }

  private ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TwinpoolAutoConfiguration.class, TwinpoolFailoverAutoConfiguration.class))
        .withPropertyValues(pool.properties());
  }

  private static final class Provider implements AwsCredentialsProvider {
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
      asked.incrementAndGet();
      return AwsBasicCredentials.create("emulator", "emulator");
    }
  }
}
