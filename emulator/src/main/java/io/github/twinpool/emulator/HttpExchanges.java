package io.github.twinpool.emulator;

import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wiremock.jakarta.servlet.ServletInputStream;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.http.HttpHeader;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.AbstractHandler;

/** Requests and their answers: reads the one, asks the handler, and lets the outage interfere. */
final class HttpExchanges extends AbstractHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HttpExchanges.class);
  private static final int BODY_MAX = 1024 * 1024;
  private static final int MISDIRECTED = 421;

  private final EmulatorHttpServer.Handler handler;
  private final AllowedHosts hosts;
  private volatile HttpFaults faults = new HttpFaults(Outage.none());

  HttpExchanges(EmulatorHttpServer.Handler handler, AllowedHosts hosts) {
    this.handler = handler;
    this.hosts = hosts;
  }

  void faults(HttpFaults next) {
    faults = next;
  }

  @Override
  public void handle(
      String target, Request exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    exchange.setHandled(true);
    HttpFaults current = faults;
    byte[] body;
    try {
      body = body(exchange.getInputStream());
    } catch (IOException e) {
      LOG.debug("the body cannot be read", e);
      write(plain(400, "the body cannot be read"), response);
      return;
    }
    if (!isForUs(exchange)) {
      write(plain(MISDIRECTED, "the emulator is localhost, 127.0.0.1 or [::1]"), response);
      return;
    }
    if (current.holdsRequest("POST".equals(exchange.getMethod()))) {
      hangUp(exchange);
      return;
    }
    Reply reply = current.page().orElseGet(() -> ofService(exchange, body, current));
    if (current.holdsAnswer()) {
      hangUp(exchange);
    } else if (current.resetsAnswer()) {
      reset(exchange);
    } else {
      write(reply, response);
    }
  }

  private Reply ofService(Request exchange, byte[] body, HttpFaults current) {
    ReceivedRequest request = received(exchange, body);
    Reply reply =
        current.instead().map(handler::instead).orElseGet(() -> processed(request, current));
    return handler.forOrigin(request, reply);
  }

  private static ReceivedRequest received(Request exchange, byte[] body) {
    String query = exchange.getHttpURI().getQuery();
    return new ReceivedRequest(
        exchange.getMethod(),
        exchange.getHttpURI().getPath(),
        query == null ? "" : query,
        headers(exchange),
        body);
  }

  private boolean isForUs(Request exchange) {
    return hosts.allow(
        exchange.getHttpFields().getValuesList(HttpHeader.HOST),
        exchange.getHttpURI().getAuthority());
  }

  /** Up to one byte over the limit. The rest is skipped, or else nobody would read our answer. */
  private static byte[] body(ServletInputStream in) throws IOException {
    byte[] body = in.readNBytes(BODY_MAX + 1);
    in.transferTo(OutputStream.nullOutputStream());
    return body;
  }

  private Reply processed(ReceivedRequest request, HttpFaults current) {
    if (request.body().length > BODY_MAX) {
      return plain(413, "more than " + BODY_MAX + " bytes");
    }
    try {
      return handler.handle(request);
    } catch (RuntimeException | Error e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return current.internalError();
    }
  }

  private static Map<String, String> headers(Request exchange) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getHttpFields()
        .forEach(
            field ->
                headers.merge(
                    field.getName().toLowerCase(Locale.ROOT),
                    field.getValue() == null ? "" : field.getValue(),
                    (first, next) -> first + "," + next));
    return headers;
  }

  private static Reply plain(int status, String text) {
    return new Reply(
        status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }

  /** Ends the connection without an answer: the gate then keeps the client waiting. */
  private static void hangUp(Request exchange) throws IOException {
    socket(exchange).close();
    exchange.getHttpChannel().getEndPoint().close();
  }

  /** Ends the connection with a reset, which the gate passes on. */
  private static void reset(Request exchange) {
    GatePort.abort(socket(exchange));
    exchange.getHttpChannel().getEndPoint().close();
  }

  /** What is below HTTP and TLS: TLS would say farewell. */
  private static SocketChannel socket(Request exchange) {
    Object transport = exchange.getHttpChannel().getEndPoint().getTransport();
    while (transport instanceof EndPoint below) {
      transport = below.getTransport();
    }
    return (SocketChannel) transport;
  }
}
