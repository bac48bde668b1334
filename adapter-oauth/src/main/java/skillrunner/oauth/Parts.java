package skillrunner.oauth;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.signin.SignInDesk;

/** What all drivers share. Safe for concurrent use. */
record Parts(
        OAuthSettings settings,
        TokenEndpoint provider,
        CredentialFiles files,
        Listeners listeners,
        Clock clock,
        SecureRandom random) {
    static Parts of(OAuthSettings settings, Path agentHome, Clock clock, BackgroundTasks background) {
        return new Parts(
                settings,
                new TokenEndpoint(settings.proxies()),
                new CredentialFiles(agentHome),
                new Listeners(settings, background),
                clock,
                new SecureRandom());
    }

    HttpTrace trace(SignInDesk desk) {
        return new HttpTrace(Path.of(desk.folder()), clock);
    }

    /** In milliseconds since the epoch, as engines write it. */
    long inSeconds(long seconds) {
        return clock.instant().plusSeconds(seconds).toEpochMilli();
    }
}
