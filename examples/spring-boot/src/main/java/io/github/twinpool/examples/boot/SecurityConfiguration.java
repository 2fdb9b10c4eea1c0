package io.github.twinpool.examples.boot;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Nothing here is Twinpool's: its JwtDecoder bean is found by Spring Security. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  @Bean
  // tag::boot-security[]
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/sign-in", "/sign-up", "/features", "/actuator/health", "/outage/*")
                    .permitAll()
                    .requestMatchers("/admin")
                    .hasAuthority("GROUP_admins")
                    .requestMatchers("/orders")
                    .hasAuthority("SCOPE_orders/read")
                    .anyRequest()
                    .authenticated())
        .oauth2ResourceServer(server -> server.jwt(withDefaults()))
        // end::boot-security[]
        // No cookies, so nothing that a foreign page could make a browser send along.
        .csrf(csrf -> csrf.disable())
        .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }
}
