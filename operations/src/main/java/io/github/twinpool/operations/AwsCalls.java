package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * Calls of AWS whose failures say which IAM action is missing, which service is out of reach, or
 * what was refused.
 */
final class AwsCalls {
  private static final int FORBIDDEN = 403;
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");

  /** The SDK has no type for it. (Source: its AwsCredentialsProviderChain.) */
  private static final String NO_CREDENTIALS = "Unable to load credentials from any";

  private final AwsClients clients;

  AwsCalls(AwsClients clients) {
    this.clients = clients;
  }

  UserPool pool() {
    return clients.userPool();
  }

  <T> T cognito(
      RegionRole role, String operation, Function<CognitoIdentityProviderClient, T> call) {
    return translated(
        "cognito-idp:" + operation, pool().region(role), () -> call.apply(clients.cognito(role)));
  }

  <T> T kms(RegionRole role, String operation, Function<KmsClient, T> call) {
    return translated("kms:" + operation, pool().region(role), () -> call.apply(clients.kms(role)));
  }

  <T> T waf(RegionRole role, String operation, Function<Wafv2Client, T> call) {
    return translated(
        "wafv2:" + operation, pool().region(role), () -> call.apply(clients.waf(role)));
  }

  <T> T route53(String operation, Function<Route53Client, T> call) {
    return translated(
        "route53:" + operation, clients.globalRegion(), () -> call.apply(clients.route53()));
  }

  private static <T> T translated(String action, String region, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException answer) {
      String code = code(answer);
      if (DENIED.contains(code)) {
        throw new MissingPermissionException(action, region, answer);
      }
      if (answer.statusCode() >= 500) {
        throw new ServiceUnreachableException(action, region, answer);
      }
      throw new OperationRefusedException(action, region, code, answer);
    } catch (SdkException e) {
      if (isTransport(e)) {
        throw new ServiceUnreachableException(action, region, e);
      }
      if (String.valueOf(e.getMessage()).startsWith(NO_CREDENTIALS)) {
        throw new MissingCredentialsException(action, e);
      }
      throw new OperationRefusedException(action, region, e.getClass().getSimpleName(), e);
    }
  }

  private static String code(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    if (code != null) {
      return code;
    }
    return answer.statusCode() == FORBIDDEN ? "AccessDenied" : answer.getClass().getSimpleName();
  }

  /** Whether nobody answered, or not in time. */
  static boolean isTransport(Throwable error) {
    Throwable it = error;
    for (int depth = 0; it != null && depth < 20; depth++) {
      if (it instanceof IOException
          || it instanceof ApiCallTimeoutException
          || it instanceof ApiCallAttemptTimeoutException) {
        return true;
      }
      it = it.getCause();
    }
    return false;
  }
}
