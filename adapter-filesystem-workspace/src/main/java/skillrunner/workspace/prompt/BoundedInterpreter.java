package skillrunner.workspace.prompt;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import org.jspecify.annotations.Nullable;

/**
 * Refuses expressions whose brackets are nested without measure: for each bracket that opens, the parser looks ahead to the one
 * that closes it, and looks for no interrupt meanwhile. Used by one thread.
 */
final class BoundedInterpreter extends JinjavaInterpreter {
    private static final int MOST_NESTED = 100;

    private BoundedInterpreter(JinjavaInterpreter other) {
        super(other);
    }

    private BoundedInterpreter(Jinjava application, Context context, JinjavaConfig config) {
        super(application, context, config);
    }

    /** Makes interpreters of this kind. */
    static InterpreterFactory factory() {
        return new InterpreterFactory() {
            @Override
            public JinjavaInterpreter newInstance(JinjavaInterpreter other) {
                return new BoundedInterpreter(other);
            }

            @Override
            public JinjavaInterpreter newInstance(Jinjava application, Context context, JinjavaConfig config) {
                return new BoundedInterpreter(application, context, config);
            }
        };
    }

    /** An error that ends the rendering, said as it is. */
    static TemplateError overLimit(String message, int line) {
        return new TemplateError(
                TemplateError.ErrorType.FATAL,
                TemplateError.ErrorReason.OVER_LIMIT,
                message,
                null,
                line,
                0,
                new IllegalArgumentException(message));
    }

    @Override
    public @Nullable Object resolveELExpression(String expression, int line) {
        return isBounded(expression, line) ? super.resolveELExpression(expression, line) : null;
    }

    @Override
    public @Nullable Object resolveELExpression(String expression, int line, int column) {
        return isBounded(expression, line) ? super.resolveELExpression(expression, line, column) : null;
    }

    private boolean isBounded(String expression, int line) {
        int depth = 0;
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth = Math.max(0, depth - 1);
            }
            if (depth > MOST_NESTED) {
                addError(overLimit("brackets are nested deeper than " + MOST_NESTED + " levels", line));
                return false;
            }
        }
        return true;
    }
}
