package io.github.twinpool.examples;

import io.github.twinpool.examples.WebSessions.Person;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.signin.AuthorizationException;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.signin.AuthorizationRequest;
import io.github.twinpool.signin.AuthorizationResult;
import io.github.twinpool.signin.AuthorizationStart;
import io.github.twinpool.signin.DomainUnavailableException;
import io.github.twinpool.signin.SessionEndedException;
import io.github.twinpool.token.IdToken;
import io.github.twinpool.token.KeysUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A web application that people sign in to through the pool's domain. Thread-safe. */
final class WebApplication {
  private static final Logger LOG = LoggerFactory.getLogger(WebApplication.class);

  private final AuthorizationCodeFlow flow;
  private final WebSessions sessions;
  private final List<String> providers;

  /**
   * The application.
   *
   * @param providers the identity providers that it offers besides the pool's own users
   */
  WebApplication(AuthorizationCodeFlow flow, WebSessions sessions, List<String> providers) {
    this.flow = flow;
    this.sessions = sessions;
    this.providers = List.copyOf(providers);
  }

  void answer(WebVisit visit) throws IOException {
    try {
      switch (visit.route()) {
        case "GET /" -> home(visit);
        case "GET /orders" -> orders(visit);
        case "GET /login" -> login(visit);
        case "GET /callback" -> callback(visit);
        case "POST /logout" -> logout(visit);
        default -> visit.page(404, WebPages.plain("Nothing here"));
      }
    } catch (AuthorizationException e) {
      LOG.info("Not signed in: {}", e.reason());
      visit.page(e.reason() == Reason.INTERRUPTED ? 503 : 400, WebPages.failed(e.reason()));
    } catch (DomainUnavailableException
        | RegionsUnavailableException
        | KeysUnavailableException e) { // an outage of both Regions says nothing about the person
      LOG.warn("No Region answers: {}", e.getMessage());
      visit.page(503, WebPages.unavailable());
    }
  }

  private void home(WebVisit visit) throws IOException {
    Optional<Person> person = signedIn(visit);
    visit.page(
        200, person.map(it -> WebPages.signedIn(it.name())).orElse(WebPages.welcome(providers)));
  }

  private void orders(WebVisit visit) throws IOException {
    Optional<Person> person = signedIn(visit);
    if (person.isPresent()) {
      visit.page(200, WebPages.orders(person.get().name()));
    } else {
      visit.redirect(URI.create("/login?to=/orders"));
    }
  }

  /** Whose session this browser has, as long as Cognito does not end it. */
  private Optional<Person> signedIn(WebVisit visit) {
    String id = visit.cookie(sessions.cookieName()).orElse("");
    Optional<Person> person = sessions.find(id);
    try {
      person.ifPresent(it -> it.tokens().tokens()); // fresh ones, for calls on their behalf
      return person;
    } catch (SessionEndedException e) {
      sessions.end(id);
      return Optional.empty();
    }
  }

  private void login(WebVisit visit) throws IOException {
    String target = visit.parameter("to").orElse("/");
    Optional<String> provider = visit.parameter("with").filter(providers::contains);
    AuthorizationRequest request = AuthorizationRequest.returningTo(target); // checked by start
    // tag::login[]
    AuthorizationStart start = flow.start(provider.map(request::identityProvider).orElse(request));
    visit.setCookie(start.setCookie());
    visit.redirect(start.location());
    // end::login[]
  }

  private void callback(WebVisit visit) throws IOException {
    // tag::callback[]
    String browserState = visit.cookie(flow.cookieName()).orElse(null);
    AuthorizationResult result = flow.finish(visit.query(), browserState);
    Person person = new Person(name(result.idToken()), flow.session(result.tokens()));
    visit.setCookie(flow.removeCookie());
    visit.setCookie(sessions.begin(person));
    visit.redirect(URI.create(result.returnTarget()));
    // end::callback[]
  }

  private static String name(IdToken idToken) {
    return idToken.username().orElse(idToken.subject());
  }

  private void logout(WebVisit visit) throws IOException {
    Optional<Person> person = sessions.end(visit.cookie(sessions.cookieName()).orElse(""));
    visit.setCookie(sessions.removeCookie());
    // tag::logout[]
    person.ifPresent(it -> it.tokens().signOut()); // revokes the refresh token
    visit.redirect(flow.logoutLocation()); // ends the domain's own session, and comes back
    // end::logout[]
  }
}
