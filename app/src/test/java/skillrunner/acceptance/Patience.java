package skillrunner.acceptance;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Gives every wait of the acceptance tests a minute: a real CLI on a busy machine takes its time, and nothing depends on it. */
public final class Patience implements LauncherSessionListener {
    /** Made by the service loader. */
    public Patience() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
