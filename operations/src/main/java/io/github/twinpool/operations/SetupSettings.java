package io.github.twinpool.operations;

import io.github.twinpool.IssuerType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;

/**
 * What a set-up is asked for.
 *
 * @param kmsKey the ARN of a key to use
 * @param manageKey whether keys may be made and replicated and their policies extended
 * @param issuer the issuer to set, or null for the one that is there
 * @param healthCheckId the check that the domain is to follow
 * @param healthCheck the check to make, if there is none
 * @param healthCheckReference by which a check that was made is known
 * @param secondarySettings what the replica has of its own, or null
 * @param activate whether the replica is to sign people in
 */
record SetupSettings(
    @Nullable String kmsKey,
    boolean manageKey,
    @Nullable IssuerType issuer,
    @Nullable String healthCheckId,
    @Nullable HealthCheckConfig healthCheck,
    String healthCheckReference,
    @Nullable Consumer<UpdateUserPoolRequest.Builder> secondarySettings,
    boolean activate) {}
