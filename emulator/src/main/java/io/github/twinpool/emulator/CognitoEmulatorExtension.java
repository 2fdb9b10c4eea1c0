package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A {@link CognitoEmulator} for a JUnit test. In a static field, or by {@code @ExtendWith} at the
 * class, one emulator serves all methods of the class, and before each of them, before its
 * {@code @BeforeEach} methods, it is {@linkplain CognitoEmulator#reset() reset}. In a field of an
 * instance each method has an emulator of its own, unless the class has one instance for all.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CognitoEmulatorExtension EMULATOR =
 *     CognitoEmulatorExtension.of(CognitoEmulator.builder().user("ada", "Correct-Horse-7"));
 *
 * @Test
 * void signs_in(CognitoEmulator emulator, UserPool pool, CognitoIdentityProviderClient client) {}
 * }</pre>
 *
 * <p>Parameters of methods and constructors can be the {@link CognitoEmulator}, its {@link
 * UserPool}, an {@link EmulatedRegion}, and a {@code CognitoIdentityProviderClient} of the AWS SDK,
 * the latter two of the primary Region or of the one that {@link InRegion} names. The client is the
 * SDK's plain one, which no Twinpool routes, with credentials that the emulator takes; it closes
 * with the emulator.
 *
 * <p>Nested classes share the emulator of the outer one. One emulator serves one method at a time:
 * where methods of a class run in parallel, use a field of an instance. Needs JUnit Jupiter 5.9 or
 * newer.
 */
public final class CognitoEmulatorExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final String CLIENT =
      "software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient";

  private static final List<Class<?>> TYPES =
      List.of(CognitoEmulator.class, UserPool.class, EmulatedRegion.class);
  private static final String RUNNING = "running";
  private static final String TAKEN = "taken";

  private final CognitoEmulator.Builder builder;
  private final Namespace namespace =
      Namespace.create(CognitoEmulatorExtension.class, new Object());
  private volatile @Nullable Running current;

  /** For {@code @ExtendWith}: what {@link CognitoEmulator#start()} starts. */
  public CognitoEmulatorExtension() {
    this(CognitoEmulator.builder());
  }

  private CognitoEmulatorExtension(CognitoEmulator.Builder builder) {
    this.builder = builder;
  }

  /** An extension that starts emulators with this builder. */
  public static CognitoEmulatorExtension of(CognitoEmulator.Builder builder) {
    return new CognitoEmulatorExtension(builder);
  }

  /**
   * The emulator at work.
   *
   * @throws IllegalStateException before the class, or the method, that it is for, and after it
   */
  public CognitoEmulator emulator() {
    Running running = current;
    if (running == null) {
      throw new IllegalStateException(
          "The emulator runs from before the class, or the method, to after it");
    }
    return running.emulator;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (running(context).isEmpty()) {
      start(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Optional<Running> shared = running(context);
    if (shared.isEmpty()) {
      start(context);
      return;
    }
    Running running = shared.get();
    if (!running.taken.compareAndSet(false, true)) {
      throw new ExtensionConfigurationException(
          "Another method is using this emulator: methods that run in parallel must have one each,"
              + " by a field that is not static");
    }
    context.getStore(namespace).put(TAKEN, running);
    running.emulator.reset();
  }

  private Optional<Running> running(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(namespace).get(RUNNING, Running.class));
  }

  private synchronized void start(ExtensionContext context) {
    if (current != null) {
      throw new ExtensionConfigurationException(
          "Another class is using this extension: classes that run in parallel must have one each");
    }
    Running running = new Running(builder.start());
    context.getStore(namespace).put(RUNNING, running);
    current = running;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Running taken = context.getStore(namespace).remove(TAKEN, Running.class);
    if (taken != null) {
      taken.taken.set(false);
    }
    stop(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop(context);
  }

  /** Ends the emulator, if it is this context that it was started for. */
  private synchronized void stop(ExtensionContext context) {
    Running running = context.getStore(namespace).remove(RUNNING, Running.class);
    if (running != null) {
      current = null;
      running.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return TYPES.contains(type) || type.getName().equals(CLIENT);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        running(context)
            .orElseThrow(
                () ->
                    new ParameterResolutionException(
                        "The emulator of a method is there for that method only"));
    RegionRole role =
        parameter.findAnnotation(InRegion.class).map(InRegion::value).orElse(RegionRole.PRIMARY);
    Class<?> type = parameter.getParameter().getType();
    if (type == CognitoEmulator.class) {
      return running.emulator;
    }
    if (type == UserPool.class) {
      return running.emulator.userPool();
    }
    return type == EmulatedRegion.class ? running.emulator.region(role) : running.client(role);
  }

  private static final class Running implements AutoCloseable {
    final CognitoEmulator emulator;
    final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable RegionClients clients;

    Running(CognitoEmulator emulator) {
      this.emulator = emulator;
    }

    synchronized Object client(RegionRole role) {
      if (clients == null) {
        clients = new RegionClients(emulator);
      }
      return clients.of(role);
    }

    @Override
    public synchronized void close() {
      if (clients != null) {
        clients.close();
      }
      emulator.close();
    }
  }
}
