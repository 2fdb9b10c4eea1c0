package io.github.twinpool.examples.bad.internal;

interface Hidden {}
