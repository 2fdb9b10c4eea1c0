package io.github.twinpool.spring;

import io.github.twinpool.servlet.CognitoTokenFilter;
import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * A filter before servlet applications without Spring Security, only where it is asked for. Where
 * it is asked for and cannot be had, the application does not start: it would be open to everybody.
 */
@AutoConfiguration(after = TwinpoolTokenAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "twinpool.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "twinpool.filter.enabled")
@EnableConfigurationProperties({TwinpoolProperties.class, TwinpoolFilterProperties.class})
final class TwinpoolFilterAutoConfiguration {
  private static final String FILTER = "io.github.twinpool.servlet.CognitoTokenFilter";
  private static final String SECURITY = "org.springframework.security.web.SecurityFilterChain";

  /** Where Spring Security has its filter when it is there: after Boot's own. */
  private static final int ORDER = -100;

  /** The filter. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass({CognitoTokenFilter.class, FilterRegistrationBean.class})
  @ConditionalOnMissingClass(SECURITY)
  static final class ServletConfiguration {
    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<CognitoTokenFilter> twinpoolTokenFilter(
        ObjectProvider<TokenValidator> validators,
        TwinpoolFilterProperties filter,
        TwinpoolProperties pools) {
      TokenValidator validator = validators.getIfAvailable();
      if (validator == null) {
        throw new InvalidTwinpoolPropertyException(
            "twinpool.filter.enabled",
            "there is no TokenValidator, twinpool.token.enabled=false for instance",
            null);
      }
      FilterRegistrationBean<CognitoTokenFilter> registration =
          new FilterRegistrationBean<>(FilterSettings.filter(validator, filter, pools));
      registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
      registration.setOrder(ORDER);
      return registration;
    }
  }

  /** Two guards would disagree. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(name = {FILTER, SECURITY})
  static final class SecurityConfiguration {
    @Bean
    @Lazy(false) // It refuses by being made, also where beans are lazy.
    @ConditionalOnMissingFilterBean(CognitoTokenFilter.class)
    FilterRefusal twinpoolTokenFilter() {
      return new FilterRefusal(
          "Spring Security is on the class path and guards this application: leave this out and use"
              + " oauth2ResourceServer(o -> o.jwt(withDefaults())), or declare a"
              + " CognitoTokenFilter bean of your own");
    }
  }

  /** There is nothing to guard it with. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static final class ReactiveConfiguration {
    @Bean
    @Lazy(false)
    FilterRefusal twinpoolTokenFilter() {
      return new FilterRefusal("is for servlet applications, and this is a reactive one");
    }
  }

  /** Of an application that took neither starter. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnMissingClass(FILTER)
  static final class MissingConfiguration {
    @Bean
    @Lazy(false)
    FilterRefusal twinpoolTokenFilter() {
      return new FilterRefusal("wants twinpool-servlet-filter on the class path");
    }
  }
}
