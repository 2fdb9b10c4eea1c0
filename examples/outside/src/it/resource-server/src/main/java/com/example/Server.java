package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;

@SpringBootApplication
public class Server {
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext context = SpringApplication.run(Server.class, arguments)) {
      JwtDecoder decoder = context.getBean(JwtDecoder.class);
      if (!decoder.getClass().getName().startsWith("io.github.twinpool.")) {
        throw new IllegalStateException("not Twinpool's: " + decoder.getClass());
      }
      System.out.println("Started with " + decoder.getClass());
    }
  }
}
