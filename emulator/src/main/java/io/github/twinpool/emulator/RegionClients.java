package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * The AWS SDK's plain clients of an emulator's Regions, made when they are first asked for. Only
 * those who ask for one need the SDK. Thread-safe.
 */
final class RegionClients implements AutoCloseable {
  private final CognitoEmulator emulator;
  private final Map<RegionRole, CognitoIdentityProviderClient> clients =
      new EnumMap<>(RegionRole.class);

  RegionClients(CognitoEmulator emulator) {
    this.emulator = emulator;
  }

  synchronized CognitoIdentityProviderClient of(RegionRole role) {
    return clients.computeIfAbsent(role, this::connect);
  }

  private CognitoIdentityProviderClient connect(RegionRole role) {
    EmulatedRegion region = emulator.region(role);
    return CognitoIdentityProviderClient.builder()
        .region(Region.of(region.name()))
        .endpointOverride(region.endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator")))
        .build();
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(CognitoIdentityProviderClient::close);
  }
}
