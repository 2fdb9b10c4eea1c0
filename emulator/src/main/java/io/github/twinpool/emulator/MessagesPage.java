package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The outbox for tests in other languages: {@code GET /_twinpool/messages/{poolId}/{username}}, of
 * either Region. Like all of the emulator it can be reached from this machine only.
 */
final class MessagesPage {
  static final String PATH = "/_twinpool/messages/";

  private MessagesPage() {}

  /**
   * The messages to a user of a pool, the newest last; none to unknown users.
   *
   * @throws WireError with status 404 for an unknown pool
   */
  static ObjectNode at(EmulatedCognito cognito, String path) {
    String[] names = path.substring(PATH.length()).split("/", -1);
    Pool pool =
        cognito
            .pool(names[0])
            .filter(found -> names.length == 2)
            .orElseThrow(() -> WireError.notFound("There is nothing at this path."));
    List<SentMessage> sent =
        pool.user(RegionRole.PRIMARY, decoded(names[1]))
            .map(user -> pool.outbox().messages(user.username()))
            .orElse(List.of());
    ObjectNode answer = WireJson.object();
    ArrayNode messages = answer.putArray("messages");
    for (SentMessage message : sent) {
      messages
          .addObject()
          .put("sentBy", message.sentBy().name())
          .put("purpose", message.purpose().name())
          .put("medium", message.medium().name())
          .put("destination", message.destination())
          .put("code", message.code())
          .put("sentAt", message.sentAt().toString());
    }
    return answer;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw WireError.notFound("There is nothing at this path.");
    }
  }
}
