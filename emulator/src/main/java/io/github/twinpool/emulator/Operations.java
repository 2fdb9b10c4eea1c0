package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All operations of the service: the ones emulated, and what a Region may serve of the others. */
final class Operations {
  /** The operations that Cognito has, spelled as on the wire. */
  private static final Set<String> NAMES =
      OperationSupport.catalogue().stream()
          .map(OperationSupport::operation)
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<String, RequestShape> SHAPES = RequestShape.load();

  private final EmulatedCognito cognito;
  private final Map<String, Operation> emulated = new HashMap<>();

  Operations(EmulatedCognito cognito) {
    this.cognito = cognito;
    Stream.of(
            SignInOperations.all(),
            ChallengeOperations.all(),
            SoftwareTokenOperations.all(),
            MfaOperations.all(),
            DeviceOperations.all(),
            WebAuthnOperations.all(),
            SignUpOperations.all(),
            TokenOperations.all(),
            AccountOperations.all(),
            AdministrationOperations.all(),
            UserStateOperations.all(),
            VerificationOperations.all(),
            UserListing.all(),
            GroupOperations.all(),
            PoolOperations.all(),
            ClientOperations.all(),
            ResourceServerOperations.all(),
            IdentityProviderOperations.all(),
            DomainOperations.all(),
            RegionalOperations.all(),
            ProvisionedLimitOperations.all(),
            ReplicaOperations.all())
        .forEach(emulated::putAll);
  }

  /** What a request of an emulated operation may carry. */
  static RequestShape shape(String operation) {
    return Objects.requireNonNull(SHAPES.get(operation));
  }

  /** Whether Cognito has an operation of this name. */
  static boolean exist(String operation) {
    return NAMES.contains(operation);
  }

  /**
   * The operation, once it is clear that a Region serves it and that the request has its shape.
   *
   * @throws WireError the service's refusal
   */
  Operation admit(String operation, RegionRole role, ObjectNode body) {
    if (role == RegionRole.SECONDARY) {
      checkEnabledInSecondary(operation, body);
    }
    Operation known = emulated.get(operation);
    RequestShape shape = SHAPES.get(operation);
    if (known == null || shape == null) {
      throw WireError.notEmulated("the operation " + operation);
    }
    shape.check(body);
    return known;
  }

  private void checkEnabledInSecondary(String operation, ObjectNode body) {
    Optional<Pool> named = namedPool(body);
    named.ifPresent(
        pool -> {
          if (!pool.isIn(RegionRole.SECONDARY, cognito.now())) {
            throw WireError.noSuchPool(pool.id());
          }
        });
    boolean active =
        named.isPresent()
            ? isActive(named.get())
            : cognito.pools().stream().anyMatch(this::isActive);
    boolean enabled =
        switch (OperationSupport.of(operation).secondary()) {
          case ALWAYS -> true;
          case ACTIVE -> active;
          case NEVER ->
              ProvisionedLimitOperations.include(operation)
                  && cognito.assumptions().hold(Unpublished.PROVISIONED_LIMITS_ON_SECONDARY);
        };
    if (!enabled) {
      throw WireError.of(
          "OperationNotEnabledException",
          operation + " is not enabled in " + cognito.region(RegionRole.SECONDARY) + ".");
    }
  }

  private boolean isActive(Pool pool) {
    return pool.replica()
        .status(cognito.now())
        .filter(status -> status == ReplicaStatus.ACTIVE)
        .isPresent();
  }

  private Optional<Pool> namedPool(ObjectNode body) {
    String poolId = body.path("UserPoolId").asText();
    String clientId = body.path("ClientId").asText();
    return cognito
        .pool(poolId)
        .or(
            () ->
                cognito
                    .client(RegionRole.PRIMARY, clientId)
                    .flatMap(client -> cognito.pool(client.poolId())))
        .or(() -> SignedInUser.poolOf(cognito, body.path("AccessToken").asText()));
  }
}
