package skillrunner.testkit.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.application.model.ModelLists;
import skillrunner.domain.engine.EngineId;

/** CLIs that answer every question for models with what a test says. Safe for concurrent use. */
public final class ScriptedModelLists implements ModelLists {
    private volatile Function<ModelListCommand, Answer> script = command -> new Answer.Failed("CLI not found");
    private final AtomicInteger questions = new AtomicInteger();

    /**
     * Lets CLIs print a text and end well.
     *
     * @param stdout what they print
     */
    public void print(String stdout) {
        answer(command -> new Answer.Listed(command.parse(stdout)));
    }

    /**
     * Lets CLIs fail.
     *
     * @param reason how
     */
    public void fail(String reason) {
        answer(command -> new Answer.Failed(reason));
    }

    /**
     * Lets CLIs do anything.
     *
     * @param answer what they do, on the asking thread
     */
    public void answer(Function<ModelListCommand, Answer> answer) {
        script = answer;
    }

    /**
     * Returns how often a CLI was asked.
     *
     * @return the number
     */
    public int questions() {
        return questions.get();
    }

    @Override
    public Answer ask(EngineId engine, ModelListCommand command) {
        questions.incrementAndGet();
        return script.apply(command);
    }
}
