/**
 * SAML 2.0: what a service provider verifies and what an identity provider issues. Documents in,
 * verified facts out: this room knows no clock, no network and no emulator, and uses the JDK only.
 */
@NullMarked
package io.github.twinpool.emulator.internal.saml;

import org.jspecify.annotations.NullMarked;
