package io.github.twinpool.spring;

import io.github.twinpool.token.KeySourceFailure;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.ValidatorStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The token validators as actuators see them: one, unless the application has made more. */
final class ValidatorView implements TokenView {
  private final List<TokenValidator> validators;
  private final Preload preload;

  ValidatorView(List<TokenValidator> validators, Preload preload) {
    this.validators = List.copyOf(validators);
    this.preload = preload;
  }

  @Override
  public Map<String, Object> details() {
    List<ValidatorStatus> all = validators.stream().map(TokenValidator::status).toList();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("ready", all.stream().allMatch(ValidatorStatus::ready));
    details.put(
        "pools",
        all.stream().flatMap(it -> it.pools().stream()).map(ValidatorView::details).toList());
    return details;
  }

  private static Map<String, Object> details(ValidatorStatus.Pool pool) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("id", pool.id());
    details.put("ready", pool.ready());
    details.put("keys", pool.keys().size() + pool.staticKeys());
    if (pool.age() != null) {
      details.put("keyAge", pool.age());
    }
    details.put(
        "failedSources",
        pool.sources().stream()
            .filter(ValidatorView::hasFailed)
            .map(source -> Addresses.hide(source.uri().toString()))
            .toList());
    return details;
  }

  /** A pool that does not use the UPDATED issuer has no keys there, and needs none. */
  private static boolean hasFailed(ValidatorStatus.Source source) {
    KeySourceFailure failure = source.failure();
    return failure != null && failure.reason() != KeySourceFailure.Reason.ISSUER_NOT_IN_USE;
  }

  @Override
  public boolean isOutOfService() {
    return preload != Preload.NONE && !validators.stream().allMatch(TokenValidator::isReady);
  }
}
