package skillrunner.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads variables; a blank value counts as unset. */
public final class EnvironmentReader {
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");
    private static final Set<String> NO = Set.of("0", "false", "no", "off");

    private final Map<String, String> environment;

    /**
     * Takes the variables.
     *
     * @param environment name to value
     */
    public EnvironmentReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Optional<String> text(Variable variable) {
        return Optional.ofNullable(environment.get(variable.name()))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** With the spaces at its ends, which may be meant. */
    Optional<String> verbatim(Variable variable) {
        return Optional.ofNullable(environment.get(variable.name())).filter(text -> !text.isBlank());
    }

    /** Reads a variable that stands for many: its name ends with a placeholder. @return what stands in its place, to value */
    Map<String, String> texts(Variable family) {
        String prefix = family.name().substring(0, family.name().indexOf('<'));
        Map<String, String> texts = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix) && !value.isBlank()) {
                texts.put(name.substring(prefix.length()), value.strip());
            }
        });
        return texts;
    }

    Path path(Variable variable, Path fallback) {
        return text(variable)
                .map(text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new BadSettingException(variable.name(), text, "a path is needed");
                    }
                })
                .orElse(fallback)
                .toAbsolutePath()
                .normalize();
    }

    long number(Variable variable, long fallback, long least, long most) {
        Optional<String> text = text(variable);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message below fits
        }
        throw new BadSettingException(
                variable.name(), text.get(), "a whole number from " + least + " to " + most + " is needed");
    }

    /** For settings whose bad values fall back with a warning instead of stopping the start. */
    Optional<Double> lenientNumber(Variable variable) {
        return text(variable).flatMap(text -> {
            try {
                double value = Double.parseDouble(text);
                return value >= 0 && Double.isFinite(value) ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    boolean flag(Variable variable, boolean fallback) {
        Optional<String> text = text(variable).map(value -> value.toLowerCase(Locale.ROOT));
        if (text.isEmpty()) {
            return fallback;
        }
        if (YES.contains(text.get())) {
            return true;
        }
        if (NO.contains(text.get())) {
            return false;
        }
        throw new BadSettingException(variable.name(), text.get(), "true or false is needed");
    }

    List<String> list(Variable variable) {
        return text(variable).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
