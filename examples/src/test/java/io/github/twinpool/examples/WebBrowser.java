package io.github.twinpool.examples;

import java.net.URI;

/** What a person does at a browser. */
interface WebBrowser extends AutoCloseable {
  void open(URI address);

  /** Where it has arrived. */
  URI address();

  /** What can be read on the page. */
  String text();

  void enter(String field, String value);

  /** A link or a button, by what it says. */
  void press(String label);

  @Override
  void close();
}
