package io.github.twinpool.spring;

import io.github.twinpool.internal.text.CloseNames;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The names below {@code twinpool} that something reads, as the configuration metadata on the class
 * path lists them: ours, and those of others that extend it.
 */
final class KnownProperties {
  private static final Logger LOG = LoggerFactory.getLogger(KnownProperties.class);

  static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("twinpool");

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final Pattern NAME =
      Pattern.compile("\"name\"\\s*:\\s*\"(twinpool\\.[a-z0-9.-]+)\"");
  private static final ConfigurationPropertyName POOLS = ROOT.append("additional-pools");
  private static final ConfigurationPropertyName RULES = ROOT.append("filter.rules");

  private final Set<ConfigurationPropertyName> names;

  private KnownProperties(Set<ConfigurationPropertyName> names) {
    this.names = names;
  }

  /** Ours. Empty where there is no metadata, as in a native image: no name is wrong there. */
  static Optional<KnownProperties> own() {
    URL here = KnownProperties.class.getResource("KnownProperties.class");
    if (here == null) {
      return Optional.empty();
    }
    String file = KnownProperties.class.getName().replace('.', '/') + ".class";
    String root = here.toString().substring(0, here.toString().length() - file.length());
    Set<ConfigurationPropertyName> names = new HashSet<>();
    try {
      read(new URL(root + METADATA), names);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
    addAll(POOLS.append("x"), TwinpoolProperties.Pool.class, names);
    addAll(RULES.append("x"), TwinpoolFilterProperties.Rule.class, names);
    return names.contains(ROOT.append("user-pool-id"))
        ? Optional.of(new KnownProperties(names))
        : Optional.empty();
  }

  /** And those of others on the class path, whose files take a while to read. */
  KnownProperties withOthers(ClassLoader classes) {
    Set<ConfigurationPropertyName> all = new HashSet<>(names);
    try {
      for (URL url : Collections.list(classes.getResources(METADATA))) {
        read(url, all);
      }
    } catch (IOException e) {
      LOG.debug("Metadata on the class path cannot be read", e);
    }
    return new KnownProperties(all);
  }

  private static void read(URL url, Set<ConfigurationPropertyName> names) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    String json;
    try (InputStream in = connection.getInputStream()) {
      json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!json.contains("\"twinpool.")) {
      return; // Most of Boot's are long, and none of them is about us.
    }
    // Not parsed: without Jackson or Gson, Boot's own parser of JSON loses properties of a long
    // file.
    Matcher name = NAME.matcher(json.substring(Math.max(0, json.indexOf("\"properties\""))));
    while (name.find()) {
      names.add(ConfigurationPropertyName.of(name.group(1)));
    }
  }

  private static void addAll(
      ConfigurationPropertyName prefix, Class<?> type, Set<ConfigurationPropertyName> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      ConfigurationPropertyName name =
          prefix.append(DataObjectPropertyName.toDashedForm(component.getName()));
      if (component.getType().isRecord()) {
        addAll(name, component.getType(), names);
      } else {
        names.add(name);
      }
    }
  }

  /** Whether something reads it, or what it is an element of. */
  boolean contains(ConfigurationPropertyName name) {
    ConfigurationPropertyName plain = withoutElement(name);
    return names.contains(plain) || names.contains(plainOfMapOrList(plain));
  }

  /** Whether names that something reads are below it. */
  boolean isGroup(ConfigurationPropertyName name) {
    return names.stream().anyMatch(plainOfMapOrList(name)::isAncestorOf);
  }

  /** How an environment variable spells a name cannot be told: letters and digits decide. */
  boolean containsInAnySpelling(ConfigurationPropertyName name) {
    String letters = letters(name);
    return names.stream()
        .map(KnownProperties::letters)
        .anyMatch(
            known ->
                known.equals(letters)
                    || known.equals(letters.replaceFirst("\\d+$", ""))
                    || matchesElement(known, letters, letters(POOLS))
                    || matchesElement(known, letters, letters(RULES)));
  }

  private static boolean matchesElement(String known, String letters, String prefix) {
    return known.startsWith(prefix + "x")
        && letters.startsWith(prefix)
        && letters.replaceFirst("\\d+$", "").endsWith(known.substring(prefix.length() + 1));
  }

  private static String letters(ConfigurationPropertyName name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.getNumberOfElements(); i++) {
      letters.append(name.getElement(i, Form.UNIFORM));
    }
    return letters.toString();
  }

  private static ConfigurationPropertyName withoutElement(ConfigurationPropertyName name) {
    return name.isLastElementIndexed() && name.getNumberOfElements() > 1 ? name.getParent() : name;
  }

  /** With x in place of the name of a pool, or of the index of a rule. */
  private static ConfigurationPropertyName plainOfMapOrList(ConfigurationPropertyName name) {
    for (ConfigurationPropertyName many : List.of(POOLS, RULES)) {
      int length = many.getNumberOfElements();
      if (many.isAncestorOf(name) && name.getNumberOfElements() > length) {
        ConfigurationPropertyName plain = many.append("x");
        return name.getNumberOfElements() == length + 1
            ? plain
            : plain.append(name.subName(length + 1));
      }
    }
    return name;
  }

  /** The most similar name, if one is similar. */
  Optional<String> similar(ConfigurationPropertyName name) {
    String asked = plainOfMapOrList(withoutElement(name)).toString();
    List<String> known =
        new TreeSet<>(names).stream().map(ConfigurationPropertyName::toString).toList();
    return CloseNames.closest(asked, known).map(it -> named(it, name));
  }

  private static String named(String known, ConfigurationPropertyName asked) {
    ConfigurationPropertyName plain = ConfigurationPropertyName.of(known);
    for (ConfigurationPropertyName many : List.of(POOLS, RULES)) {
      int length = many.getNumberOfElements();
      if (many.isAncestorOf(plain) && many.isAncestorOf(asked)) {
        return asked.chop(length + 1).append(plain.subName(length + 1)).toString();
      }
    }
    return known;
  }
}
