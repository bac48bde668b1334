package skillrunner.contract;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Knows which class of tests runs in this process, and leaves a file of its name beside the notes of the build, so that a reader of
 * the notes knows what has been run. JUnit finds it by itself. For processes that run one test at a time.
 */
public final class RunningTests implements TestExecutionListener {
    /** What a test is tagged with whose answers are a matter of chance: nothing of them is noted. */
    static final String CHANCE = "chance";

    @Override
    public void executionStarted(TestIdentifier test) {
        TestInProgress.byChance(test.getTags().contains(TestTag.create(CHANCE)));
        classOf(test).ifPresent(name -> {
            TestInProgress.begin(name);
            ReachedAnswers.ofThisBuild().noteRun(name);
        });
    }

    /** What the build itself leaves out, on this machine, is no part that somebody has left out. */
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        classOf(test).ifPresent(name -> ReachedAnswers.ofThisBuild().noteRun(name));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        TestInProgress.byChance(test.getParentIdObject().isPresent() && TestInProgress.isByChance());
    }

    private static Optional<String> classOf(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getClassName().replaceFirst("\\$.*", ""));
    }
}
