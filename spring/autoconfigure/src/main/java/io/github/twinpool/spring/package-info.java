/**
 * Twinpool in Spring Boot. {@link io.github.twinpool.spring.TwinpoolConnectionDetails} is the entry
 * for those who do not write {@code twinpool.*} properties; everything else is configured by them
 * and by customizer beans, and each bean makes way for one of the application's own.
 */
@NullMarked
package io.github.twinpool.spring;

import org.jspecify.annotations.NullMarked;
