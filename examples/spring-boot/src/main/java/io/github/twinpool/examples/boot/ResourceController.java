package io.github.twinpool.examples.boot;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a token opens. */
@RestController
class ResourceController {
  @GetMapping("/me")
  Map<String, Object> me(JwtAuthenticationToken user) {
    List<String> authorities =
        user.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
    return Map.of("name", user.getName(), "authorities", authorities);
  }

  @GetMapping("/admin")
  String admin() {
    return "for administrators";
  }

  /** For machines, and whoever else has the scope {@code orders/read}. */
  @GetMapping("/orders")
  List<String> orders() {
    return List.of("one teapot");
  }
}
