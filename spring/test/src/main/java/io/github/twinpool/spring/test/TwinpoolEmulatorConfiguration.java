package io.github.twinpool.spring.test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Starts a {@code CognitoEmulator} with the application and leads everything of Twinpool to it, as
 * {@link TwinpoolEmulator} does for tests. For development time:
 *
 * <pre>{@code
 * SpringApplication.from(App::main).with(TwinpoolEmulatorConfiguration.class).run(args);
 * }</pre>
 *
 * <p>The properties below {@code twinpool.test} say which pools, IDs and ports it has; beside the
 * annotation it changes nothing. It closes with the context.
 */
@Configuration(proxyBeanMethods = false)
@Import(EmulatorRegistrar.class)
public final class TwinpoolEmulatorConfiguration {}
