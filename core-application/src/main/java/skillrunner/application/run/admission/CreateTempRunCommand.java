package skillrunner.application.run.admission;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client asks of a skill that it will send, not yet checked against anything but types.
 *
 * @param engine the engine's name as sent
 * @param input any JSON value as plain value; normally an object of inline values
 * @param parameter settings by parameter key
 * @param model the model as sent, if any
 * @param runtimeOptions how to run it
 */
public record CreateTempRunCommand(
        String engine,
        Object input,
        Map<String, Object> parameter,
        Optional<String> model,
        Map<String, Object> runtimeOptions) {
    /** Copies the collections and refuses null parts. */
    public CreateTempRunCommand {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(input);
        Objects.requireNonNull(model);
        parameter = Collections.unmodifiableMap(new LinkedHashMap<>(parameter));
        runtimeOptions = Collections.unmodifiableMap(new LinkedHashMap<>(runtimeOptions));
    }
}
