package io.github.twinpool.examples;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.signin.CapabilityUnavailableException;
import io.github.twinpool.signin.MfaSetupChallenge;
import io.github.twinpool.signin.SignIn;
import io.github.twinpool.signin.SignInRequest;
import io.github.twinpool.signin.SignInStep;
import io.github.twinpool.signin.SignedIn;
import io.github.twinpool.signin.SmsMfaChallenge;
import io.github.twinpool.signin.SoftwareTokenMfaChallenge;
import io.github.twinpool.signin.SoftwareTokenSetup;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** Signs a person in at the console: SRP, then the second factor that their pool wants. */
public final class ConsoleSignIn {
  private final SignIn signIn;
  private final Prompt person;

  ConsoleSignIn(SignIn signIn, Prompt person) {
    this.signIn = signIn;
    this.person = person;
  }

  /**
   * Signs in to your own pool, or to an emulator's.
   *
   * @param args pool ID, secondary Region and app client ID; none for an emulator
   */
  @SuppressWarnings("SystemConsoleNull") // From JDK 22 on, its console reads what is piped in.
  public static void main(String[] args) {
    Console console = System.console();
    if (console == null || (args.length != 0 && args.length != 3)) {
      System.err.println("At a console: [<pool ID> <secondary Region> <client ID>]");
    } else if (args.length == 3) {
      run(UserPool.of(args[0]).replicatedTo(args[1]), args[2], Prompt.of(console));
    } else {
      try (CognitoEmulator emulator = CognitoEmulator.start()) {
        emulator.createUser("ada", "Correct-Horse-7");
        Prompt.of(console).say("The emulator knows ada, whose password is Correct-Horse-7.");
        run(emulator.userPool(), emulator.clientId(), Prompt.of(console));
      }
    }
  }

  private static void run(UserPool pool, String clientId, Prompt person) {
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build()) {
      SignIn signIn = SignIn.builder(cognito, clientId).build();
      new ConsoleSignIn(signIn, person).run(person.ask("User name:"));
    }
  }

  /** Until the person is signed in, or nothing more can be done now. */
  Optional<SignedIn> run(String username) {
    // tag::outage[]
    while (true) {
      try {
        return Optional.of(conversation(username));
      } catch (SignInInterruptedException e) { // nothing that was entered was wrong
        person.say("The service moved to another Region. Please sign in again.");
      } catch (CapabilityUnavailableException e) { // the secondary cannot do this
        person.say("Not possible during the outage: " + e.capability() + ". Please come back.");
        return Optional.empty();
      } catch (RegionsUnavailableException e) { // neither Region answers
        person.say("The service is not available. Please come back.");
        return Optional.empty();
      } catch (NotAuthorizedException e) { // Cognito's own answer, asked for once
        person.say("Wrong user name or password.");
        return Optional.empty();
      }
    }
    // end::outage[]
  }

  private SignedIn conversation(String username) {
    char[] password = person.askSecretly("Password:");
    // tag::conversation[]
    SignInStep step = signIn.start(SignInRequest.srp(username, password));
    Arrays.fill(password, '\0');
    while (!(step instanceof SignedIn)) {
      step = answer(step);
    }
    SignedIn signedIn = (SignedIn) step;
    // end::conversation[]
    person.say("Signed in until " + signedIn.tokens().expiresAt() + ".");
    return signedIn;
  }

  private SignInStep answer(SignInStep step) {
    try {
      // tag::answers[]
      if (step instanceof SoftwareTokenMfaChallenge totp) {
        return totp.answer(person.ask("Code of your authenticator:"));
      } else if (step instanceof SmsMfaChallenge sms) {
        return sms.answer(person.ask("Code sent to " + sms.destination().orElse("you") + ":"));
      } else if (step instanceof MfaSetupChallenge setup) {
        SoftwareTokenSetup token = setup.setUpSoftwareToken();
        person.say("For your authenticator: " + token.secretCode().orElse(""));
        return token.answer(person.ask("Code that it shows:"), "console");
      }
      // end::answers[]
    } catch (CodeMismatchException e) {
      person.say("Wrong code.");
      return step;
    }
    throw new UnsupportedOperationException("This example has no answer to " + step);
  }
}
