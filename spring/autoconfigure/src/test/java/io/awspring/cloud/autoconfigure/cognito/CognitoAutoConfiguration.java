package io.awspring.cloud.autoconfigure.cognito;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Stands for the class that is proposed for Spring Cloud AWS: its name, and the same bean. */
@AutoConfiguration
public class CognitoAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  CognitoIdentityProviderClient cognitoIdentityProviderClient() {
    return CognitoIdentityProviderClient.builder().region(Region.US_EAST_1).build();
  }
}
