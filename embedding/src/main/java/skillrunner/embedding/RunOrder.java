package skillrunner.embedding;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.PlainValues;
import skillrunner.application.run.admission.CreateRunCommand;

/**
 * What is to be run, not checked yet. Immutable: each method returns another order.
 *
 * @param skill id of the skill
 * @param engine name of the engine, such as {@code codex}
 * @param input inline inputs: what {@link skillrunner.application.json.JsonText} calls plain values
 * @param parameter values of parameters
 * @param model the model, unless it is the engine's own choice
 * @param options runtime options, such as {@code no_cache}, as the API has them
 * @param files inputs that are files, by the name of the input
 */
public record RunOrder(
        String skill,
        String engine,
        Map<String, Object> input,
        Map<String, Object> parameter,
        Optional<String> model,
        Map<String, Object> options,
        Map<String, Path> files) {
    /** Copies the maps and refuses null parts. */
    public RunOrder {
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(model);
        input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
        parameter = Collections.unmodifiableMap(new LinkedHashMap<>(parameter));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * A skill on an engine, with nothing given.
     *
     * @param skill id of the skill
     * @param engine name of the engine
     * @return the order
     */
    public static RunOrder of(String skill, String engine) {
        return new RunOrder(skill, engine, Map.of(), Map.of(), Optional.empty(), Map.of(), Map.of());
    }

    /**
     * With an inline input.
     *
     * @param key its name in the input schema
     * @param value a plain value
     * @return the order
     */
    public RunOrder input(String key, @Nullable Object value) {
        return new RunOrder(skill, engine, with(input, key, value), parameter, model, options, files);
    }

    /**
     * With a parameter.
     *
     * @param key its name in the parameter schema
     * @param value a plain value
     * @return the order
     */
    public RunOrder parameter(String key, @Nullable Object value) {
        return new RunOrder(skill, engine, input, with(parameter, key, value), model, options, files);
    }

    /**
     * With an option.
     *
     * @param key its name
     * @param value a plain value
     * @return the order
     */
    public RunOrder option(String key, @Nullable Object value) {
        return new RunOrder(skill, engine, input, parameter, model, with(options, key, value), files);
    }

    /**
     * On a model.
     *
     * @param id the model, such as {@code gpt-5@high}
     * @return the order
     */
    public RunOrder model(String id) {
        return new RunOrder(skill, engine, input, parameter, Optional.of(id), options, files);
    }

    /**
     * With an input that is a file.
     *
     * @param key its name in the input schema
     * @param file the file; it is copied when the run is started
     * @return the order
     */
    public RunOrder file(String key, Path file) {
        return new RunOrder(skill, engine, input, parameter, model, options, with(files, key, file));
    }

    /** @throws skillrunner.domain.problem.RefusedException if a value of it could not be passed on as it is */
    CreateRunCommand command() {
        PlainValues.refuseUnusable(Map.of(
                "skill_id",
                skill,
                "engine",
                engine,
                "input",
                input,
                "parameter",
                parameter,
                "model",
                model.orElse(""),
                "runtime_options",
                options));
        return new CreateRunCommand(skill, engine, input, parameter, model, options, !files.isEmpty());
    }

    /** JSON's null is a value like others. */
    @SuppressWarnings("NullAway")
    private static <V> Map<String, V> with(Map<String, V> map, String key, @Nullable V value) {
        Map<String, V> all = new LinkedHashMap<>(map);
        all.put(key, value);
        return all;
    }
}
