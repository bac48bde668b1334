package skillrunner.app;

import java.time.Clock;
import java.util.UUID;
import skillrunner.app.settings.Settings;
import skillrunner.application.background.IdSource;
import skillrunner.application.json.JsonText;
import skillrunner.workspace.json.JacksonJson;

/**
 * What every capability of a server stands on.
 *
 * @param settings how the server is to be
 * @param threads its threads
 * @param json reads and writes JSON
 * @param ids names things
 * @param clock tells the time
 */
record Basics(Settings settings, ServerThreads threads, JsonText json, IdSource ids, Clock clock) {
    static Basics of(Settings settings) {
        return new Basics(
                settings,
                new ServerThreads(),
                new JacksonJson(),
                () -> UUID.randomUUID().toString(),
                Clock.systemUTC());
    }
}
