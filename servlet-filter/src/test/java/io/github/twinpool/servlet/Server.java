package io.github.twinpool.servlet;

/** A container with a filter before an application that talks. */
interface Server extends AutoCloseable {
  int port();

  default RawHttp.Answer get(String path, String... headers) {
    return send("GET", path, headers);
  }

  default RawHttp.Answer send(String method, String path, String... headers) {
    return RawHttp.send(port(), method, path, headers);
  }

  @Override
  void close();
}
