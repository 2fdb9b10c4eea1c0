package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

@SpringBootApplication
public class Client {
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext context = SpringApplication.run(Client.class, arguments)) {
      CognitoIdentityProviderClient client = context.getBean(CognitoIdentityProviderClient.class);
      if (!client.toString().contains("Routed")) {
        throw new IllegalStateException("not routed: " + client);
      }
      System.out.println("Started with " + client);
    }
  }
}
