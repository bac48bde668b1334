package skillrunner.app.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The settings as far as their variables can be used, for whoever tells what is wrong instead of starting: a variable with a bad value
 * counts as unset.
 *
 * @param settings what came out
 * @param faults what can't be used and why; empty if everything can
 */
public record UsableSettings(Settings settings, List<BadSettingException> faults) {
    /** Refuses null parts. */
    public UsableSettings {
        Objects.requireNonNull(settings);
        faults = List.copyOf(faults);
    }

    /**
     * Reads the settings.
     *
     * @param environment the variables
     * @param installation root of the installation
     * @param accountHome home folder of the user, unless the environment names another
     * @return the settings and what is wrong
     */
    public static UsableSettings read(Map<String, String> environment, Path installation, Path accountHome) {
        Tolerant reading = new Tolerant(environment);
        Settings settings = Settings.read(reading, installation, accountHome);
        return new UsableSettings(settings, reading.faults);
    }

    private static final class Tolerant implements GroupReading {
        private final Map<String, String> environment;
        private final List<BadSettingException> faults = new ArrayList<>();

        Tolerant(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
        }

        @Override
        public <T> T of(Function<EnvironmentReader, T> group) {
            Map<String, String> left = new HashMap<>(environment);
            while (true) {
                try {
                    return group.apply(new EnvironmentReader(left));
                } catch (BadSettingException e) {
                    if (left.remove(e.variable()) == null) {
                        // What is wrong is that something is missing, so nothing of the group can be told.
                        left.clear();
                    }
                    boolean follows = AccessSettings.decidesWhoMayAsk(e.variable())
                            && faults.stream().anyMatch(fault -> AccessSettings.decidesWhoMayAsk(fault.variable()));
                    if (!follows) {
                        faults.add(e);
                    }
                }
            }
        }
    }
}
