package skillrunner.app.settings;

import java.util.function.Function;

/** How a group of settings is read out of the variables: whether what can't be used stops it. */
interface GroupReading {
    /**
     * Reads a group.
     *
     * @param group reads it
     * @return what was read
     * @throws BadSettingException for the first value that can't be used, where that is not tolerated
     */
    <T> T of(Function<EnvironmentReader, T> group);
}
