package io.github.twinpool.spring;

import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.ResolvableType;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Says which settings of Boot's decoders do nothing, because our decoders stand in for them. Not
 * where the application has a decoder of its own: that one may read them.
 */
final class UnheededDecoderSettings implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(UnheededDecoderSettings.class);

  private final ListableBeanFactory beans;
  private final Map<String, String> properties;

  /**
   * @param properties what is set by Boot's properties, and what says the same here
   */
  UnheededDecoderSettings(ListableBeanFactory beans, Map<String, String> properties) {
    this.beans = beans;
    this.properties = Map.copyOf(properties);
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (Stream.concat(names(JwtDecoder.class), names(ReactiveJwtDecoder.class))
        .map(beans::getType)
        .allMatch(
            type -> type == CognitoJwtDecoder.class || type == CognitoReactiveJwtDecoder.class)) {
      properties.forEach(
          (property, ours) ->
              LOG.warn(
                  "{} does nothing: Twinpool's decoder validates the tokens. What says the same: {}.",
                  property,
                  ours));
    }
  }

  private Stream<String> names(Class<?> type) {
    return Stream.of(beans.getBeanNamesForType(ResolvableType.forClass(type), true, false));
  }
}
