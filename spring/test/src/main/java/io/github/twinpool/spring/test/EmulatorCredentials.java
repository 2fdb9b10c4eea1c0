package io.github.twinpool.spring.test;

import io.github.twinpool.spring.RegionAsyncClientBuilderCustomizer;
import io.github.twinpool.spring.RegionClientBuilderCustomizer;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials that are none: the emulator wants requests signed, but does not check by whom. */
final class EmulatorCredentials {
  private EmulatorCredentials() {}

  static void register(BeanDefinitionRegistry registry) {
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator"));
    registry.registerBeanDefinition(
        "cognitoEmulatorCredentials",
        BeanDefinitionBuilder.genericBeanDefinition(
                RegionClientBuilderCustomizer.class,
                () -> (role, builder) -> builder.credentialsProvider(credentials))
            .getBeanDefinition());
    registry.registerBeanDefinition(
        "cognitoEmulatorAsyncCredentials",
        BeanDefinitionBuilder.genericBeanDefinition(
                RegionAsyncClientBuilderCustomizer.class,
                () -> (role, builder) -> builder.credentialsProvider(credentials))
            .getBeanDefinition());
  }
}
