package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;
import skillrunner.http.page.VisibleText;

/** Turns the wire records of runs into what pages show. Safe for concurrent use. */
public final class RunPresenter {
    private static final int SHORT_ID = 8;
    private static final int MAX_PROMPT_BYTES = 64 * 1024;

    private final JobUseCases jobs;
    private final SkillStore skills;
    private final RunWorkspaces workspaces;
    private final RunOutput output;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param jobs reads results and artifacts
     * @param skills names skills
     * @param workspaces names the uploaded files
     * @param output tells how much output there is
     * @param clock tells how long a run has been working
     */
    public RunPresenter(JobUseCases jobs, SkillStore skills, RunWorkspaces workspaces, RunOutput output, Clock clock) {
        this.jobs = Objects.requireNonNull(jobs);
        this.skills = Objects.requireNonNull(skills);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.output = Objects.requireNonNull(output);
        this.clock = Objects.requireNonNull(clock);
    }

    RunListView list(List<RunStateJson> runs, Messages messages) {
        return new RunListView(
                messages,
                runs.stream().map(run -> row(run, messages)).toList(),
                runs.size() == RunManagementRoutes.DEFAULT_LIMIT);
    }

    private static RunListView.Row row(RunStateJson run, Messages messages) {
        Instant created = Instant.parse(run.createdAt());
        Instant updated = Instant.parse(run.updatedAt());
        boolean ended = RunStatus.of(run.status()).isTerminal();
        return new RunListView.Row(
                run.requestId(),
                run.requestId().substring(0, SHORT_ID),
                run.runId(),
                run.skillId(),
                run.engine(),
                StatusView.of(run.status(), messages),
                note(run, messages),
                Integer.toString(run.interactionCount()),
                recovery(run, messages),
                Moment.of(created),
                Moment.of(updated),
                // A request answered from the cache is younger than its run.
                ended && !updated.isBefore(created) ? messages.duration(Duration.between(created, updated)) : "");
    }

    private static String note(RunStateJson run, Messages messages) {
        if (run.error() != null) {
            return messages.text("failure." + run.error().code());
        }
        return run.cancelRequested() ? messages.text("run.cancel.requested") : "";
    }

    private static String recovery(RunStateJson run, Messages messages) {
        return run.recoveryReason() == null ? "" : messages.text("recovery." + run.recoveryReason());
    }

    RunView run(FindRun.Found found, RunStateJson.Detailed detailed, Messages messages) {
        RunStateJson state = detailed.state();
        RunId id = found.run().id();
        RunStatus status = found.run().status();
        Instant admitted = found.run().createdAt();
        Optional<ShownResult> result =
                status == RunStatus.SUCCEEDED ? ShownResult.of(jobs.result(), found.run()) : Optional.empty();
        Instant until = status.isTerminal() ? Instant.parse(state.updatedAt()) : clock.instant();
        return new RunView(
                messages,
                state.requestId(),
                state.skillId(),
                skills.find(found.run().skill())
                        .map(skill -> skill.manifest().name())
                        .orElse(state.skillId()),
                state.engine(),
                StatusView.of(state.status(), messages),
                Boolean.toString(!status.isTerminal()),
                !status.isTerminal() && !state.cancelRequested(),
                sentence(state, messages),
                Moment.of(admitted),
                messages.duration(Duration.between(admitted, until)),
                problem(state.error(), status, messages),
                steps(detailed.milestones(), status, messages),
                state.warnings().stream().map(code -> warning(code, messages)).toList(),
                result.map(it -> ValueView.of(it.data())).orElse(null),
                result.isPresent() && result.get().tooLong(),
                result.isPresent() && result.get().lost(),
                artifacts(state.requestId(), id, messages),
                facts(found, detailed, messages),
                ValueView.of(given(found.request(), id, messages)),
                new RunView.Output(
                        "/v1/management/runs/" + state.requestId() + "/events",
                        Long.toString(output.size(id, OutputStreamKind.STDOUT)),
                        Long.toString(output.size(id, OutputStreamKind.STDERR)),
                        prompt(id)));
    }

    private String prompt(RunId run) {
        return output.prompt(run)
                .map(stored -> {
                    try (InputStream in = stored.open(0)) {
                        String shown = new String(in.readNBytes(MAX_PROMPT_BYTES), StandardCharsets.UTF_8);
                        return VisibleText.of(stored.size() > MAX_PROMPT_BYTES ? shown + "…" : shown);
                    } catch (IOException e) {
                        // The page shows what can be read.
                        return "";
                    }
                })
                .orElse("");
    }

    private static String sentence(RunStateJson state, Messages messages) {
        if (state.cancelRequested()) {
            return messages.text("run.cancel.requested");
        }
        return messages.text("run.sentence." + state.status());
    }

    private static RunView.@Nullable Problem problem(
            JobJson.@Nullable Failure failure, RunStatus status, Messages messages) {
        if (failure == null || status != RunStatus.FAILED) {
            return null;
        }
        return new RunView.Problem(
                failure.code(),
                messages.text("failure." + failure.code()),
                VisibleText.of(failure.message()),
                messages.text("failure." + failure.code() + ".help"),
                failure.stderr() == null ? "" : VisibleText.of(failure.stderr()));
    }

    private static List<RunView.Step> steps(
            List<RunStateJson.Milestone> milestones, RunStatus status, Messages messages) {
        List<RunView.Step> steps = new ArrayList<>();
        for (int i = 0; i < milestones.size(); i++) {
            RunStateJson.Milestone milestone = milestones.get(i);
            Instant at = Instant.parse(milestone.at());
            String took = i + 1 < milestones.size()
                    ? messages.duration(Duration.between(
                            at, Instant.parse(milestones.get(i + 1).at())))
                    : "";
            steps.add(new RunView.Step(
                    StatusView.of(milestone.status(), messages),
                    Moment.of(at),
                    milestone.keptOverRestart() ? messages.text("recovery.process_reattached") : "",
                    took));
        }
        if (status == RunStatus.QUEUED) {
            steps.add(new RunView.Step(StatusView.of(RunStatus.RUNNING.wire(), messages), null, "", ""));
        }
        if (!status.isTerminal()) {
            steps.add(new RunView.Step(new StatusView("ended", messages.text("status.ended")), null, "", ""));
        }
        return steps;
    }

    private static String warning(String code, Messages messages) {
        String key = "warning." + code;
        return messages.has(key) ? messages.text(key) : code;
    }

    private List<RunView.Artifact> artifacts(String request, RunId run, Messages messages) {
        return jobs.artifacts().list(run).paths().stream()
                .limit(RunView.MAX_ARTIFACTS)
                .map(path -> new RunView.Artifact(
                        VisibleText.of(path.substring("artifacts/".length())),
                        "/v1/jobs/" + request + "/artifacts/" + encoded(path),
                        jobs.artifacts()
                                .open(run, path)
                                .map(artifact -> messages.size(artifact.size()))
                                .orElse("")))
                .toList();
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static List<RunView.Fact> facts(FindRun.Found found, RunStateJson.Detailed detailed, Messages messages) {
        RunRequest request = found.request();
        RunStateJson state = detailed.state();
        List<RunView.Fact> facts = new ArrayList<>();
        facts.add(new RunView.Fact(messages.text("fact.skill"), state.skillId(), null, false));
        facts.add(new RunView.Fact(messages.text("fact.engine"), state.engine(), null, false));
        facts.add(new RunView.Fact(
                messages.text("fact.model"),
                request.model().map(RunPresenter::model).orElse(messages.text("fact.model.default")),
                null,
                false));
        facts.add(new RunView.Fact(
                messages.text("fact.created"), "", Moment.of(Instant.parse(state.createdAt())), false));
        facts.add(new RunView.Fact(
                messages.text("fact.updated"), "", Moment.of(Instant.parse(state.updatedAt())), false));
        if (request.cacheHit()) {
            facts.add(new RunView.Fact(messages.text("fact.cache"), messages.text("fact.cache.hit"), null, false));
        }
        if (state.recoveryReason() != null) {
            facts.add(new RunView.Fact(messages.text("fact.recovery"), recovery(state, messages), null, false));
        }
        facts.add(new RunView.Fact(messages.text("fact.request"), state.requestId(), null, true));
        facts.add(new RunView.Fact(messages.text("fact.run"), state.runId(), null, true));
        JobJson.Receipt receipt = detailed.receipt();
        if (receipt != null) {
            if (receipt.exitCode() != null) {
                facts.add(new RunView.Fact(
                        messages.text("fact.exit"), receipt.exitCode().toString(), null, false));
            }
            facts.add(receipt("stdout", receipt.stdout(), messages));
            facts.add(receipt("stderr", receipt.stderr(), messages));
        }
        return facts;
    }

    private static RunView.Fact receipt(String stream, JobJson.Receipt.Stream receipt, Messages messages) {
        return new RunView.Fact(
                messages.text("fact.receipt", stream, messages.size(receipt.bytes())), receipt.sha256(), null, true);
    }

    private static String model(ModelSpec model) {
        return model.name() + model.effort().map(effort -> "@" + effort).orElse("");
    }

    private Map<String, Object> given(RunRequest request, RunId run, Messages messages) {
        Map<String, Object> given = new LinkedHashMap<>(request.parameter());
        request.input().forEach(given::putIfAbsent);
        workspaces.uploads(run).keySet().forEach(name -> given.putIfAbsent(name, messages.text("run.given.file")));
        return given;
    }
}
