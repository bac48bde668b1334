package skillrunner.embedding.example;

import java.nio.file.Path;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.domain.run.RequestId;
import skillrunner.embedding.RunOrder;
import skillrunner.embedding.SkillRunner;
import skillrunner.embedding.settings.RunnerSettings;

/** Gives a skill a file, shows live what its engine writes, and ends it at a word. Arguments: folder, skill, engine, file, word. */
public final class FollowARun {
    private FollowARun() {}

    public static void main(String[] arguments) throws Exception {
        try (SkillRunner runner = SkillRunner.open(RunnerSettings.in(Path.of(arguments[0])), System.getenv())) {
            RunOrder order = RunOrder.of(arguments[1], arguments[2]).file("document", Path.of(arguments[3]));
            RequestId run = runner.runs().start(order);
            runner.runs().follow(run, frame -> {
                if (frame instanceof StreamFrame.Output output) {
                    System.out.print(output.text());
                    if (output.text().contains(arguments[4])) {
                        runner.runs().cancel(run);
                    }
                }
            });
            System.out.println(runner.runs().await(run).status());
        }
    }
}
