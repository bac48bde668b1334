package skillrunner.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import skillrunner.domain.engine.EngineId;

/**
 * A setting that each engine has a variable of its own for, whatever engines there are.
 *
 * @param variable the variables; their names end with a placeholder for the engine
 * @param values ends of names to values
 * @param <T> what a value is
 */
public record PerEngine<T>(Variable variable, Map<String, T> values) {
    /** Copies the map and refuses null parts. */
    public PerEngine {
        Objects.requireNonNull(variable);
        values = Map.copyOf(values);
    }

    static <T> PerEngine<T> read(EnvironmentReader reader, Variable variable, Function<Entry, T> reading) {
        Map<String, T> values = new LinkedHashMap<>();
        reader.texts(variable)
                .forEach((end, text) -> values.put(end, reading.apply(new Entry(name(variable, end), text))));
        return new PerEngine<>(variable, values);
    }

    /** A variable that is set. */
    record Entry(String name, String text) {}

    /**
     * Finds the engine that each value is for.
     *
     * @param known every engine there is
     * @return engine to value
     * @throws BadSettingException for the first variable of an engine that does not exist
     */
    public Map<EngineId, T> of(List<EngineId> known) {
        Map<EngineId, T> found = new LinkedHashMap<>();
        values.forEach((end, value) -> found.put(
                known.stream()
                        .filter(engine -> engine.inVariables().equals(end))
                        .findFirst()
                        .orElseThrow(() -> new BadSettingException(
                                name(variable, end),
                                String.valueOf(value),
                                "the name has to end with one of "
                                        + String.join(
                                                ", ",
                                                known.stream()
                                                        .map(EngineId::inVariables)
                                                        .toList()))),
                value));
        return found;
    }

    private static String name(Variable variable, String end) {
        return variable.name().substring(0, variable.name().indexOf('<')) + end;
    }
}
