package skillrunner.testkit.simulation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.skill.SkillPackages;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.cli.ScriptedPrograms;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.InMemoryRunJournal;
import skillrunner.testkit.run.InMemoryRuns;
import skillrunner.testkit.run.InMemoryWorkspaces;
import skillrunner.testkit.upgrade.InMemoryUpgradeTasks;

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
    private final ScriptedPrograms programs;
    private final InMemoryUpgradeTasks upgrades;
    private final InMemoryRuns runs;
    private final InMemoryRunJournal journal;
    private final Set<RunId> prepared = new HashSet<>();
    private final Deque<Call> held = new ArrayDeque<>();
    private final List<RunId> unsafe = new ArrayList<>();
    private boolean blind;
    private int startsBeside;

    Saboteur(Sabotage sabotage, Draws draws, CoreOnFakes core, Stock stock) {
        this.sabotage = sabotage;
        this.draws = draws;
        this.workspaces = core.workspaces;
        this.programs = core.programs;
        this.upgrades = stock.upgrades;
        this.runs = core.runs;
        this.journal = core.journal;
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
        if (sabotage == Sabotage.LOST_EVENT) {
            runs.all().forEach(run -> journal.attempts(run.id()).forEach(attempt -> List.of(JournalStream.values())
                    .forEach(stream -> journal.cut(run.id(), stream, attempt, 1))));
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
                    unsafe.add((RunId) first(arguments));
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
                    return ProcessesEnded.NONE;
                }
            }
            case EARLY_RECEIPT -> {
                if (name.equals("RunOutput.receipt")) {
                    StreamReceipt whole = (StreamReceipt) Objects.requireNonNull(real.now());
                    return new StreamReceipt(Math.max(0, whole.bytes() - 1), whole.sha256());
                }
            }
            case DEAF_SWEEP -> {
                if (name.equals("AgentProcesses.sweep")) {
                    return ProcessesEnded.NONE;
                }
            }
            case STALE_READ -> {
                if (name.equals("RunOutput.read") && draws.between(0, 20) == 0) {
                    return new RunOutput.Piece(new byte[0], false);
                }
            }
            case UNSECURED_ARTIFACTS -> {
                if (name.equals("RunArtifacts.secure")) {
                    return workspaces.list((RunId) first(arguments));
                }
            }
            case TORN_PREPARATION -> {
                if (name.equals("RunWorkspaces.open") && !prepared.add((RunId) first(arguments))) {
                    return workspaces.attemptFiles((RunId) first(arguments), 1);
                }
            }
            case TORN_UPLOAD -> {
                if (name.equals("Uploads.store")) {
                    Objects.requireNonNull(arguments)[1] =
                            withoutEnd((InputStream) Objects.requireNonNull(arguments[1]));
                }
            }
            case FORGOTTEN_TEMPORARY_SKILL -> {
                if (name.equals("TempPackages.remove")) {
                    return null;
                }
            }
            case FORGOTTEN_HOLD -> {
                if (name.equals("EngineBinaries.hold")) {
                    Object program = real.now();
                    programs.endHolds();
                    return program;
                }
            }
            case UNPUBLISHED_PACKAGE -> {
                if (name.equals("SkillPackages.publish")) {
                    return new SkillPackages.Publication.Done(InstallAction.UPDATE);
                }
            }
            case UNREPAIRED_SKILL -> {
                if (name.equals("SkillPackages.recover")) {
                    return Map.of();
                }
            }
            case LOST_INSTALL_END -> {
                if (name.equals("SkillInstalls.save")
                        && ((SkillInstall) Objects.requireNonNull(Objects.requireNonNull(arguments)[1]))
                                .status()
                                .isTerminal()) {
                    return true;
                }
            }
            case SECOND_UPGRADE -> {
                if (name.equals("UpgradeTasks.addIfNoneActive")) {
                    upgrades.addBeside((UpgradeTask) first(arguments));
                    return true;
                }
            }
            case SECOND_DECISION -> {
                if (name.equals("Interactions.decide")) {
                    Object became = real.now();
                    return became == Interactions.Deciding.TOO_LATE ? Interactions.Deciding.DECIDED : became;
                }
            }
            case LOST_ANSWER -> {
                if (name.equals("Interactions.decide") && draws.between(0, 3) == 0) {
                    return Interactions.Deciding.DECIDED;
                }
            }
            case WRONG_DECISION_TOLD -> {
                if (name.equals("Interactions.find")) {
                    return ((Optional<?>) Objects.requireNonNull(real.now()))
                            .map(Interaction.class::cast)
                            .map(Saboteur::another);
                }
            }
            case OTHER_ANSWER_GIVEN -> {
                if (name.equals("Interactions.all")) {
                    return ((List<?>) Objects.requireNonNull(real.now()))
                            .stream()
                                    .map(Interaction.class::cast)
                                    .map(Saboteur::another)
                                    .toList();
                }
            }
            case FORGOTTEN_DEADLINE -> {
                if (name.equals("Interactions.withDeadline")) {
                    return List.of();
                }
            }
            case CHANGED_EVENT -> {
                if (name.equals("RunJournal.read") && draws.between(0, 20) == 0) {
                    return ((List<?>) Objects.requireNonNull(real.now()))
                            .stream()
                                    .map(JournalEvent.class::cast)
                                    .map(event -> new JournalEvent(event.seq(), event.attempt(), event.json() + " "))
                                    .toList();
                }
            }
            case STALE_EVENTS -> {
                if (name.equals("RunJournal.read") && draws.between(0, 10) == 0) {
                    return List.of();
                }
            }
            case LINE_SAID_TWICE -> {
                if (name.equals("AgentProcesses.say")) {
                    real.now();
                    Object[] said = Objects.requireNonNull(arguments);
                    said[1] = (Integer) Objects.requireNonNull(said[1]) + 1;
                }
            }
            case LINE_NEVER_SAID -> {
                if (name.equals("AgentProcesses.say")) {
                    return null;
                }
            }
            case NONE,
                    FORGOTTEN_SLOT,
                    UNTOLD_QUESTION,
                    UNTOLD_ANSWER,
                    ANSWER_BEHIND_ITS_CHANGE,
                    ANSWER_TOLD_TWICE,
                    RANGE_OUTSIDE,
                    RANGE_CUT,
                    WRONG_LINE,
                    UNSOUND_EVENT,
                    SECOND_START,
                    LOST_EVENT -> {}
        }
        return real.now();
    }

    /** Events are written. @return those that are kept */
    List<Map<String, Object>> told(JournalStream stream, List<Map<String, Object>> rows) {
        return FalseEvents.of(sabotage, stream, rows);
    }

    /** The same question, answered otherwise. */
    private static Interaction another(Interaction asked) {
        return new Interaction(
                asked.number(),
                asked.attempt(),
                asked.question(),
                asked.status(),
                asked.decision()
                        .map(made -> new Decision(
                                Optional.of("something else"), made.decidedBy(), made.decidedAt(), made.key())),
                asked.createdAt(),
                asked.deadline(),
                asked.command());
    }

    /** A call has returned, and others had their turn since. */
    void after(String name) throws Throwable {
        if (name.equals("Runs.save")) {
            while (!held.isEmpty()) {
                held.remove().now();
            }
        }
    }

    private static Object first(@Nullable Object @Nullable [] arguments) {
        return Objects.requireNonNull(Objects.requireNonNull(arguments)[0]);
    }

    private static InputStream withoutEnd(InputStream sent) {
        return new FilterInputStream(sent) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    return super.read(target, offset, length);
                } catch (IOException e) {
                    return -1;
                }
            }
        };
    }
}
