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
import io.github.twinpool.operations.Route53HealthSignal;
import io.github.twinpool.signin.NewDevice;
import io.github.twinpool.signin.RememberedDevice;
import io.github.twinpool.signin.SignIn;
import io.github.twinpool.signin.SignInChallenge;
import io.github.twinpool.signin.SignInRequest;
import io.github.twinpool.signin.SignInStep;
import io.github.twinpool.signin.SignedIn;
import io.github.twinpool.signin.SmsMfaChallenge;
import io.github.twinpool.signin.TokenSession;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;

/** What the pages in {@code docs/} show. */
final class Recipes {
  /** Stands for an application's page. */
  interface Page {
    void offerSignUp(boolean offered);

    void sayLater(Capability what);
  }

  /** Stands for where an application keeps its secrets. */
  interface Vault {
    String clientSecret();
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

  static Route53HealthSignal followRoute53(MultiRegionCognito cognito, String healthCheckId) {
    // tag::healthsignal[]
    Route53HealthSignal signal =
        Route53HealthSignal.builder(cognito, healthCheckId).advice(Advice.FOLLOW).start();
    // end::healthsignal[]
    return signal;
  }

  static SignIn signIn(MultiRegionCognito cognito, String clientId, SecretKey key, Vault vault) {
    // tag::signin[]
    SignIn signIn =
        SignIn.builder(cognito, clientId)
            .clientSecret(vault::clientSecret) // asked for with each request, so it can rotate
            .stepKeys(key) // only to continue a sign-in on another server
            .build();
    // end::signin[]
    return signIn;
  }

  static String codePage(SignIn signIn, String username, char[] password) {
    // tag::seal[]
    SignInStep step = signIn.start(SignInRequest.srp(username, password));
    String hidden = step instanceof SmsMfaChallenge sms ? sms.seal() : ""; // into the form
    // end::seal[]
    return hidden;
  }

  static SignInStep codeEntered(SignIn signIn, String hidden, String code) {
    // tag::resume[]
    SignInChallenge step = signIn.resume(hidden); // on whichever server the form arrives
    return ((SmsMfaChallenge) step).answer(code);
    // end::resume[]
  }

  static String accessToken(SignIn signIn, SignedIn signedIn) {
    // tag::session[]
    TokenSession session = signIn.session(signedIn.tokens());
    String token = session.tokens().accessToken(); // valid, refreshed ahead of its expiry
    // end::session[]
    return token;
  }

  static RememberedDevice rememberDevice(SignedIn signedIn) {
    // tag::device[]
    Optional<NewDevice> isNew = signedIn.newDevice();
    RememberedDevice device = isNew.orElseThrow().confirm("Ada's laptop", true); // keep it
    // end::device[]
    return device;
  }
}
