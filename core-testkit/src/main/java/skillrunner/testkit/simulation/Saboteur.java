package skillrunner.testkit.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.InMemoryWorkspaces;

/** Carries a planted fault out. */
final class Saboteur {
    /** A call of a port. */
    interface Call {
        @Nullable
        Object now() throws Throwable;
    }

    private final Sabotage sabotage;
    private final Draws draws;
    private final InMemoryWorkspaces workspaces;
    private final Deque<Call> held = new ArrayDeque<>();
    private final List<RunId> unsafe = new ArrayList<>();
    private boolean blind;
    private int startsBeside;

    Saboteur(Sabotage sabotage, Draws draws, InMemoryWorkspaces workspaces) {
        this.sabotage = sabotage;
        this.draws = draws;
        this.workspaces = workspaces;
    }

    /** Tells of a task by its name whether it is lost. */
    boolean loses(String task) {
        return sabotage == Sabotage.FORGOTTEN_SLOT && task.startsWith("run-") && draws.between(0, 9) == 0;
    }

    /** How many processes were started beside others. */
    int startsBeside() {
        return startsBeside;
    }

    /** The server was killed. */
    void killed() {
        if (sabotage == Sabotage.RESULT_BEFORE_SYNC) {
            unsafe.forEach(workspaces::loseResult);
        }
        unsafe.clear();
        held.clear();
        blind = sabotage == Sabotage.DOUBLE_START;
    }

    @Nullable
    Object call(String name, @Nullable Object @Nullable [] arguments, Call real) throws Throwable {
        switch (sabotage) {
            case RESULT_BEFORE_SYNC -> {
                if (name.equals("RunRecords.writeResult")) {
                    unsafe.add((RunId) Objects.requireNonNull(Objects.requireNonNull(arguments)[0]));
                }
            }
            case STATUS_BEFORE_RESULT -> {
                if (name.equals("RunRecords.writeResult")) {
                    held.add(real);
                    return null;
                }
            }
            case DOUBLE_START -> {
                if (blind && name.equals("AgentProcesses.launch")) {
                    startsBeside++;
                }
                if (blind && name.equals("AgentProcesses.state")) {
                    return new AgentProcesses.State.NotStarted();
                }
                if (blind && name.equals("AgentProcesses.find")) {
                    return Optional.<AgentProcess>empty();
                }
            }
            case LOST_WISH -> {
                if (name.equals("Runs.requestCancel")) {
                    return Runs.Cancellation.REQUESTED;
                }
            }
            case LOST_ACCEPTANCE -> {
                if (name.equals("RunRequests.admit") && draws.between(0, 3) == 0) {
                    return RunRequests.Admission.ADMITTED;
                }
            }
            case DEAF_STOP -> {
                if (name.equals("AgentProcesses.stop")) {
                    return 0;
                }
            }
            case EARLY_RECEIPT -> {
                if (name.equals("RunOutput.receipt")) {
                    StreamReceipt whole = (StreamReceipt) Objects.requireNonNull(real.now());
                    return new StreamReceipt(Math.max(0, whole.bytes() - 1), whole.sha256());
                }
            }
            case NONE, FORGOTTEN_SLOT -> {}
        }
        return real.now();
    }

    /** A call has returned, and others had their turn since. */
    void after(String name) throws Throwable {
        if (name.equals("Runs.saveRunning")) {
            while (!held.isEmpty()) {
                held.remove().now();
            }
        }
    }
}
