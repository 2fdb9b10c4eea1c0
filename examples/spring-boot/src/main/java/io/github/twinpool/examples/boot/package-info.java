/**
 * A Spring Boot application: {@link io.github.twinpool.examples.boot.BootExample} signs people in
 * and up, protects its own resources, and tells its operators which Region serves.
 */
@NullMarked
package io.github.twinpool.examples.boot;

import org.jspecify.annotations.NullMarked;
