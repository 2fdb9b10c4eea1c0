package io.github.twinpool.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The version that the build wrote into a resource: there in the one jar, in a jar of its own and
 * on a class path of directories. An IDE that copies resources as they are leaves the placeholder.
 */
final class TwinpoolVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"twinpool " + text()};
  }

  static String text() {
    try (InputStream file = TwinpoolVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      String version = properties.getProperty("version", "");
      return version.matches("[0-9].*") ? version : "development version";
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties", e);
    }
  }
}
