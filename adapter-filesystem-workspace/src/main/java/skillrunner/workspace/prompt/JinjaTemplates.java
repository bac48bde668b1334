package skillrunner.workspace.prompt;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.PromptTemplates;

/**
 * Renders Jinja templates by jinjava. Templates see text, numbers, lists and maps only; they can't include files, call
 * Java methods or grow without bound, and what stands in a variable is never taken for a template. An undefined name is
 * empty; a list or map that is printed is printed as JSON. Safe for concurrent use.
 */
public final class JinjaTemplates implements PromptTemplates {
    private static final long MAX_OUTPUT_BYTES = 4L * 1024 * 1024;
    private static final int MAX_RANGE = 1_000;

    private final JsonText json;

    /** Made at the first use: it takes as long as a good part of a server's start. */
    private static final class Engine {
        static final Jinjava JINJAVA = new Jinjava(JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(MAX_OUTPUT_BYTES)
                .withMaxStringLength(MAX_OUTPUT_BYTES)
                .withRangeLimit(MAX_RANGE)
                .withElResolver(new ClosedResolver())
                .withMaxMacroRecursionDepth(0)
                .withDisabled(Map.of(Context.Library.TAG, Set.of("include", "import", "from", "extends")))
                .build());
    }

    /**
     * Takes its collaborator.
     *
     * @param json prints lists and maps
     */
    public JinjaTemplates(JsonText json) {
        this.json = Objects.requireNonNull(json);
    }

    @Override
    public String render(String template, Map<String, Object> variables) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        variables.forEach((name, value) -> bindings.put(name, JsonPrinted.of(value, json)));
        RenderResult result;
        try {
            result = Engine.JINJAVA.renderForResult(template, bindings);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        if (result.getErrors().stream().anyMatch(error -> error.getSeverity() == TemplateError.ErrorType.FATAL)) {
            throw new IllegalArgumentException(result.getErrors().stream()
                    .map(error -> "line " + error.getLineno() + ": " + error.getMessage())
                    .collect(Collectors.joining("; ")));
        }
        return result.getOutput();
    }
}
