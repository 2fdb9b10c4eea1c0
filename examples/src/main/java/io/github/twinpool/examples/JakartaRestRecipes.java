package io.github.twinpool.examples;

import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What a client of a Jakarta REST application is told in an outage. */
final class JakartaRestRecipes {
  private JakartaRestRecipes() {}

  // tag::outage-jakarta[]
  /** The secondary cannot stand in: what is off, and that it will come back. */
  @Provider
  public static final class PrimaryUnavailableMapper
      implements ExceptionMapper<PrimaryUnavailableException> {
    @Override
    public Response toResponse(PrimaryUnavailableException error) {
      String off = error.capability().name();
      return unavailable(
          "\"detail\":\""
              + off
              + " is off while the primary Region is down.\",\"capability\":\""
              + off
              + "\"");
    }
  }

  /** No Region answers, so everything is off. */
  @Provider
  public static final class RegionsUnavailableMapper
      implements ExceptionMapper<RegionsUnavailableException> {
    @Override
    public Response toResponse(RegionsUnavailableException error) {
      return unavailable("\"detail\":\"No Region of the user pool answers.\"");
    }
  }

  private static Response unavailable(String details) {
    return Response.status(Status.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "30")
        .type("application/problem+json")
        .entity("{\"title\":\"Service Unavailable\",\"status\":503," + details + "}")
        .build();
  }
  // end::outage-jakarta[]
}
