package io.github.twinpool.examples;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.Transition;
import java.time.Duration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;

/** What the pages in {@code docs/} show. */
final class Recipes {
  /** Stands for an application's page. */
  interface Page {
    void offerSignUp(boolean offered);

    void sayLater(Capability what);
  }

  private Recipes() {}

  static MultiRegionCognito withAPolicy(UserPool pool) {
    // tag::policy[]
    FailoverPolicy policy =
        FailoverPolicy.builder()
            .callDeadline(Duration.ofSeconds(8)) // our users wait no longer
            .dwell(Duration.ofMinutes(5)) // stay away for at least that long
            .build();
    MultiRegionCognito cognito = MultiRegionCognito.builder(pool).policy(policy).build();
    // end::policy[]
    return cognito;
  }

  static MultiRegionCognito withAListener(UserPool pool) {
    // tag::listener[]
    FailoverListener log =
        new FailoverListener() {
          @Override
          public void onTransition(Transition it) {
            System.out.println(it.from() + " -> " + it.to() + ": " + it.reason());
          }
        };
    MultiRegionCognito cognito = MultiRegionCognito.builder(pool).listener(log).build();
    // end::listener[]
    return cognito;
  }

  static void hideWhatIsOff(MultiRegionCognito cognito, Page page) {
    // tag::allows[]
    page.offerSignUp(cognito.allows(Capability.SIGN_UP));
    // end::allows[]
  }

  static void signUp(MultiRegionCognito cognito, SignUpRequest request, Page page) {
    // tag::refused[]
    try {
      cognito.client().signUp(request);
    } catch (PrimaryUnavailableException e) { // refused at once, and never sent
      page.sayLater(e.capability());
    }
    // end::refused[]
  }

  static void overrideByHand(MultiRegionCognito cognito) {
    // tag::override[]
    cognito.override(RegionRole.SECONDARY, Duration.ofMinutes(30)); // then the evidence decides
    cognito.endOverride(); // or earlier
    // end::override[]
  }

  static void followAHealthCheck(MultiRegionCognito cognito, boolean healthy) {
    // tag::advise[]
    cognito.advise(Advice.FOLLOW, healthy); // each time the health check was read
    // end::advise[]
  }
}
