package io.github.twinpool.failover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;

/**
 * What the matrix calls. Each logical call has an ID, by which the emulator knows what is processed
 * twice.
 */
enum MatrixOperation {
  INITIATE_AUTH {
    @Override
    void sync(MatrixWorld world, String id) {
      world.cognito().client().initiateAuth(signIn(world, id));
    }

    @Override
    CompletableFuture<?> async(MatrixWorld world, String id) {
      return world.cognito().asyncClient().initiateAuth(signIn(world, id));
    }
  },
  GET_USER {
    @Override
    void sync(MatrixWorld world, String id) {
      world.cognito().client().getUser(getUser(world, id));
    }

    @Override
    CompletableFuture<?> async(MatrixWorld world, String id) {
      return world.cognito().asyncClient().getUser(getUser(world, id));
    }
  },
  /** Two pages. The second belongs to the Region of the first, and can be lost with it. */
  LIST_USERS {
    @Override
    void sync(MatrixWorld world, String id) {
      ListUsersResponse first = world.cognito().client().listUsers(page(world, id, null));
      try {
        world.cognito().client().listUsers(page(world, id, first.paginationToken()));
      } catch (RuntimeException e) {
        throw new PageLost(e);
      }
    }

    @Override
    CompletableFuture<?> async(MatrixWorld world, String id) {
      return world
          .cognito()
          .asyncClient()
          .listUsers(page(world, id, null))
          .thenCompose(
              first ->
                  world
                      .cognito()
                      .asyncClient()
                      .listUsers(page(world, id, first.paginationToken()))
                      .exceptionally(
                          e -> {
                            throw new PageLost(e);
                          }));
    }
  },
  /** Only the primary serves it. */
  SIGN_UP {
    @Override
    void sync(MatrixWorld world, String id) {
      world.cognito().client().signUp(signUp(world, id));
    }

    @Override
    CompletableFuture<?> async(MatrixWorld world, String id) {
      return world.cognito().asyncClient().signUp(signUp(world, id));
    }
  };

  abstract void sync(MatrixWorld world, String id);

  abstract CompletableFuture<?> async(MatrixWorld world, String id);

  private static InitiateAuthRequest signIn(MatrixWorld world, String id) {
    return world.signIn().toBuilder().overrideConfiguration(known(id)).build();
  }

  private static GetUserRequest getUser(MatrixWorld world, String id) {
    return GetUserRequest.builder()
        .accessToken(world.accessToken())
        .overrideConfiguration(known(id))
        .build();
  }

  private static ListUsersRequest page(MatrixWorld world, String id, String token) {
    return ListUsersRequest.builder()
        .userPoolId(world.emulator().userPool().id())
        .limit(2)
        .paginationToken(token)
        .overrideConfiguration(known(id))
        .build();
  }

  private static SignUpRequest signUp(MatrixWorld world, String id) {
    return SignUpRequest.builder()
        .clientId(world.emulator().clientId())
        .username(id)
        .password(TwoRegions.PASSWORD)
        .overrideConfiguration(known(id))
        .build();
  }

  private static AwsRequestOverrideConfiguration known(String id) {
    return AwsRequestOverrideConfiguration.builder().putHeader("x-twinpool-request-id", id).build();
  }

  /** The first page was answered, the next one was not. */
  static final class PageLost extends CompletionException {
    private static final long serialVersionUID = 1L;

    PageLost(Throwable cause) {
      super(cause);
    }
  }
}
