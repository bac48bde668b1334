package skillrunner.commandline.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.RuntimeOptions;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Surroundings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code run} was given for a skill, put together as the skill's schemas say. */
final class JobArguments {
    private final Surroundings surroundings;

    JobArguments(Surroundings surroundings) {
        this.surroundings = Objects.requireNonNull(surroundings);
    }

    /**
     * The inline inputs.
     *
     * @param given {@code NAME=VALUE} and {@code @FILE}, as they were typed
     * @param schema the skill's input schema
     * @return the whole input
     */
    JsonNode input(List<String> given, ValueSchema schema) {
        for (String one : given) {
            if (!Argument.isWhole(one)) {
                String name = Argument.parse("--input", one).name();
                if (schema.takes(name) && schema.isFile(name)) {
                    throw CommandFailedException.usage(name + " is a file: --file " + name + "=PATH");
                }
            }
        }
        return members("--input", given, schema, names(schema, false));
    }

    /**
     * The parameters.
     *
     * @param given {@code NAME=VALUE} and {@code @FILE}, as they were typed
     * @param schema the skill's parameter schema
     * @return all parameters
     */
    JsonNode parameter(List<String> given, ValueSchema schema) {
        JsonNode members = members("--parameter", given, schema, List.copyOf(schema.names()));
        if (!members.isObject()) {
            throw CommandFailedException.usage("--parameter: a JSON object is needed");
        }
        return members;
    }

    /**
     * The options of the run.
     *
     * @param given {@code NAME=VALUE}, as they were typed
     * @param mode the mode, which is one of them; null if it was not given
     * @return all options
     */
    ObjectNode options(List<String> given, @Nullable String mode) {
        ObjectNode options = Json.object();
        for (String one : given) {
            Argument argument = Argument.parse("--option", one);
            options.set(argument.name(), TypedValues.untyped(argument.content(surroundings)));
        }
        if (mode != null) {
            options.put("execution_mode", mode);
        }
        try {
            JsonNode known = Json.tree(Json.plain(options, RuntimeOptions.class));
            for (String name : options.propertyNames()) {
                if (!known.has(name)) {
                    throw CommandFailedException.usage("--option " + name + ": there is no such option");
                }
            }
        } catch (JacksonException e) {
            throw CommandFailedException.usage("--option: a value is of the wrong type: " + e.getOriginalMessage());
        }
        return options;
    }

    /**
     * The files.
     *
     * @param given {@code NAME=PATH}, as they were typed
     * @param schema the skill's input schema
     * @return the file for each name
     */
    Map<String, Path> files(List<String> given, ValueSchema schema) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String one : given) {
            Argument argument = Argument.parse("--file", one);
            String name = argument.name();
            boolean declared = schema.names().contains(name);
            if (declared && !schema.isFile(name)) {
                throw CommandFailedException.usage(name + " is no file: --input " + name + "=@" + argument.text());
            }
            if (!declared && !schema.takesOtherFiles()) {
                throw unknown("--file", name, names(schema, true));
            }
            if (files.put(name, Argument.file(argument.text(), surroundings)) != null) {
                throw CommandFailedException.usage("--file " + name + " is given twice");
            }
        }
        // The server would wait for them, and so would the command.
        List<String> missing = schema.names().stream()
                .filter(name -> schema.isFile(name) && schema.requires(name) && !files.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw CommandFailedException.usage("the skill needs a file: --file " + missing.get(0) + "=PATH");
        }
        return files;
    }

    private JsonNode members(String option, List<String> given, ValueSchema schema, List<String> known) {
        ObjectNode members = Json.object();
        Map<String, List<String>> typed = new LinkedHashMap<>();
        for (String one : given) {
            if (Argument.isWhole(one)) {
                JsonNode whole = whole(option, one);
                if (!(whole instanceof ObjectNode object)) {
                    if (given.size() > 1) {
                        throw CommandFailedException.usage(
                                option + " " + one + ": it holds no JSON object, so nothing can be added to it");
                    }
                    return whole;
                }
                members.setAll(object);
            } else {
                Argument argument = Argument.parse(option, one);
                if (!schema.takes(argument.name())) {
                    throw unknown(option, argument.name(), known);
                }
                typed.computeIfAbsent(argument.name(), name -> new ArrayList<>())
                        .add(argument.content(surroundings));
            }
        }
        typed.forEach((name, texts) ->
                members.set(name, TypedValues.value(option + " " + name, texts, schema.of(name), schema)));
        return members;
    }

    private JsonNode whole(String option, String given) {
        try {
            return Json.read(Argument.content(given, surroundings));
        } catch (JacksonException e) {
            throw CommandFailedException.usage(option + " " + given + ": it holds no JSON: " + e.getOriginalMessage());
        }
    }

    private static List<String> names(ValueSchema schema, boolean files) {
        return schema.names().stream()
                .filter(name -> schema.isFile(name) == files)
                .toList();
    }

    private static CommandFailedException unknown(String option, String name, List<String> known) {
        return CommandFailedException.usage(option + " " + name + ": the skill has no such value; "
                + (known.isEmpty() ? "it takes none here" : "it has " + String.join(", ", known)));
    }
}
