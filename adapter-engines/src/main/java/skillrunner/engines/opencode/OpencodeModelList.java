package skillrunner.engines.opencode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.model.ModelEntry;

/** {@code opencode models}: one {@code provider/model} a line. */
final class OpencodeModelList implements ModelListCommand {
    /** Log lines have white space in them. */
    private static final Pattern LINE = Pattern.compile("([^\\s/\\p{Cntrl}]+)/([^\\s\\p{Cntrl}]+)");

    @Override
    public List<String> arguments() {
        return List.of("models");
    }

    /** {@inheritDoc} Each model once, sorted by its id. */
    @Override
    public List<ModelEntry> parse(String stdout) {
        Map<String, ModelEntry> models = new TreeMap<>();
        stdout.lines()
                .map(String::strip)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> {
                    ModelEntry model = ModelEntry.provided(line.group(1), line.group(2), "runtime_probe_cache");
                    models.putIfAbsent(model.id(), model);
                });
        return List.copyOf(models.values());
    }
}
