package skillrunner.embedding.example;

import java.nio.file.Path;
import skillrunner.domain.run.RequestId;
import skillrunner.embedding.RunOrder;
import skillrunner.embedding.RunOutcome;
import skillrunner.embedding.SkillRunner;
import skillrunner.embedding.settings.RunnerSettings;

/** Runs a skill and prints its answer. Arguments: a folder, a skill in its skills/, an engine, a text. */
public final class RunASkill {
    private RunASkill() {}

    public static void main(String[] arguments) throws Exception {
        RunnerSettings settings = RunnerSettings.in(Path.of(arguments[0])).withSlots(2);
        try (SkillRunner runner = SkillRunner.open(settings, System.getenv())) {
            RunOrder order = RunOrder.of(arguments[1], arguments[2]).input("text", arguments[3]);
            RequestId run = runner.runs().start(order);
            RunOutcome outcome = runner.runs().await(run);
            outcome.answer().ifPresent(System.out::println);
            outcome.failure().ifPresent(System.err::println);
        }
    }
}
