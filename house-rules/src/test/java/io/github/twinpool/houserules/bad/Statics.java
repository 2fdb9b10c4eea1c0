package io.github.twinpool.houserules.bad;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

final class Statics {
  static final int CONSTANT = Integer.parseInt("1");
  static final List<String> LIST = List.of();
  static int changes;
  static final AtomicInteger COUNTER = new AtomicInteger();
  static final ConcurrentMap<String, String> CACHE = new ConcurrentHashMap<>();

  private Statics() {}

  static ServiceLoader<Runnable> services() {
    return ServiceLoader.load(Runnable.class);
  }
}
