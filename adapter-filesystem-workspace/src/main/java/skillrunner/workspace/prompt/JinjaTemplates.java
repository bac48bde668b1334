package skillrunner.workspace.prompt;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.JinjavaNodePreProcessor;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.Node;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.turn.PromptTemplates;
import skillrunner.workspace.budget.Budget;
import skillrunner.workspace.budget.ForeignCode;
import skillrunner.workspace.budget.OverBudgetException;

/**
 * Renders Jinja templates by jinjava. Templates see text, numbers, lists and maps only; they can't include files, call
 * Java methods, go on without end or grow without bound, and what stands in a variable is never taken for a template. An undefined name is
 * empty; a list or map that is printed is printed as JSON. Safe for concurrent use.
 */
public final class JinjaTemplates implements PromptTemplates {
    private static final long MAX_OUTPUT_BYTES = 4L * 1024 * 1024;
    private static final int MAX_RANGE = 1_000;
    private static final int MAX_MEMBERS = 100_000;
    private static final int MAX_NESTING = 20;
    private static final Set<TemplateError.ErrorReason> WHATEVER_THE_VALUES =
            EnumSet.of(TemplateError.ErrorReason.SYNTAX_ERROR, TemplateError.ErrorReason.DISABLED);

    private final JsonText json;
    private final Budget budget;

    /** Made at the first use: it takes as long as a good part of a server's start. */
    private static final class Engine {
        static final Jinjava JINJAVA = bounded(new Jinjava(JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(MAX_OUTPUT_BYTES)
                .withMaxStringLength(MAX_OUTPUT_BYTES)
                .withRangeLimit(MAX_RANGE)
                .withMaxListSize(MAX_MEMBERS)
                .withMaxMapSize(MAX_MEMBERS)
                .withMaxRenderDepth(MAX_NESTING)
                .withProcessors(JinjavaProcessors.newBuilder()
                        .withNodePreProcessor(new Interruptible())
                        .build())
                .withInterperterFactory(BoundedInterpreter.factory())
                .withElResolver(new ClosedResolver())
                .withMaxMacroRecursionDepth(0)
                .withDisabled(Map.of(Context.Library.TAG, Set.of("include", "import", "from", "extends")))
                .build()));

        private static Jinjava bounded(Jinjava engine) {
            BoundedFilter.bound(engine.getGlobalContext());
            return engine;
        }
    }

    private static final class Interruptible extends JinjavaNodePreProcessor {
        @Override
        protected void checkForInterrupt(Node node) {
            if (Thread.currentThread().isInterrupted()) {
                throw new GivenUpError();
            }
        }
    }

    /**
     * Takes its collaborator; the budget is the usual one.
     *
     * @param json prints lists and maps
     */
    public JinjaTemplates(JsonText json) {
        this(json, Budget.ONE_CALL);
    }

    public JinjaTemplates(JsonText json, Budget budget) {
        this.json = Objects.requireNonNull(json);
        this.budget = Objects.requireNonNull(budget);
    }

    @Override
    public String render(String template, Map<String, Object> variables) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        variables.forEach((name, value) -> bindings.put(name, JsonPrinted.of(value, json)));
        RenderResult result = result(template, bindings);
        if (result.getErrors().stream().anyMatch(error -> error.getSeverity() == TemplateError.ErrorType.FATAL)) {
            throw new IllegalArgumentException(
                    result.getErrors().stream().map(JinjaTemplates::said).collect(Collectors.joining("; ")));
        }
        return result.getOutput();
    }

    /**
     * Looks for what is wrong with a template whatever its variables are, also for what is rendered nevertheless: a token that never ends is
     * taken for text, and all that stands behind an unclosed comment is lost. What stands where it is not reached without values, such as inside
     * of a condition, is not looked at.
     *
     * @param template the template
     * @return what is wrong and on which line; empty if nothing was found
     */
    public Optional<String> broken(String template) {
        try {
            return result(template, Map.of()).getErrors().stream()
                    .filter(error -> WHATEVER_THE_VALUES.contains(error.getReason()))
                    .map(JinjaTemplates::said)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private RenderResult result(String template, Map<String, Object> bindings) {
        try {
            return ForeignCode.run(budget, () -> Engine.JINJAVA.renderForResult(template, bindings));
        } catch (OverBudgetException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(TemplateWords.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** The engine takes an error of the machine for one of the template, and does not always know the line. */
    private static String said(TemplateError error) {
        String message = String.valueOf(error.getMessage());
        String words = message.contains(OutOfMemoryError.class.getName())
                        || message.contains(StackOverflowError.class.getName())
                ? "it needs too much memory"
                : TemplateWords.of(message);
        return error.getLineno() > 0 ? "line " + error.getLineno() + ": " + words : words;
    }
}
