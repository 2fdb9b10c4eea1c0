package io.github.twinpool.emulator;

/** The social identity providers that Cognito knows by name. */
public enum SocialProvider {
  /** Google. */
  GOOGLE("Google"),
  /** Facebook. */
  FACEBOOK("Facebook"),
  /** Login with Amazon. */
  AMAZON("LoginWithAmazon"),
  /** Sign in with Apple. */
  APPLE("SignInWithApple");

  private final String providerName;

  SocialProvider(String providerName) {
    this.providerName = providerName;
  }

  /** What Cognito calls it, both as ProviderType and as ProviderName: {@code Google}. */
  public String providerName() {
    return providerName;
  }
}
