package io.github.twinpool.examples;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** The code of the page about the emulator's outages. */
final class OutageRecipes {
  private OutageRecipes() {}

  static void hang(CognitoEmulator emulator) {
    // tag::hang[]
    emulator.region(RegionRole.PRIMARY).outage(Outage.hang());
    // end::hang[]
  }

  static CognitoEmulator https() {
    CognitoEmulator emulator = CognitoEmulator.builder().https(true).start();
    return emulator;
  }

  static Apache5HttpClient.Builder trusting(CognitoEmulator emulator) {
    // tag::trust[]
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder().tlsTrustManagersProvider(emulator.tls()::trustManagers);
    // end::trust[]
    return http;
  }

  static MultiRegionCognito named(CognitoEmulator emulator, Apache5HttpClient.Builder http) {
    // tag::dns[]
    DnsResolver resolver =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            return emulator.dns().resolve(host);
          }
        };
    MultiRegionCognito cognito =
        MultiRegionCognito.builder(emulator.dns().userPool())
            .clients(c -> c.httpClientBuilder(http.dnsResolver(resolver)))
            .build();
    // end::dns[]
    return cognito;
  }
}
