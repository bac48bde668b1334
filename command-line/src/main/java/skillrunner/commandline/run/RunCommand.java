package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.client.Submission;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.TempRunRequest;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code run}: runs a skill, follows it, and gives its answer. */
@Command(
        name = "run",
        description = "Run a skill on the server, follow it, and print its answer.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "SKILL",
            description = "The id of a skill, or the path of a folder or zip that is run once and not installed.")
    private String skill = "";

    @Option(
            names = "--input",
            paramLabel = "K=V",
            description =
                    "An input, typed as the skill says; K=@FILE reads it from a file (@- from standard input), @FILE all of them as JSON.")
    private List<String> input = new ArrayList<>();

    @Option(names = "--file", paramLabel = "K=PATH", description = "A file the skill takes.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--parameter", paramLabel = "K=V", description = "A parameter; like --input.")
    private List<String> parameter = new ArrayList<>();

    @Option(names = "--engine", paramLabel = "NAME", description = "The engine; codex without it.")
    @Nullable
    private String engine;

    @Option(names = "--model", paramLabel = "NAME", description = "The model; the engine's own without it.")
    @Nullable
    private String model;

    @Option(names = "--mode", paramLabel = "MODE", description = "auto, or interactive: it may ask.")
    @Nullable
    private String mode;

    @Option(names = "--option", paramLabel = "K=V", description = "A runtime option, such as no_cache=true.")
    private List<String> options = new ArrayList<>();

    @Option(names = "--follow", description = "Print what the agent says and does as it does it.")
    private boolean follow;

    @Option(names = "--output", description = "Print what the engine's program writes as it writes it.")
    private boolean output;

    @Option(names = "--out", paramLabel = "DIR", description = "Save the artifacts into this empty or new folder.")
    @Nullable
    private Path out;

    @Option(names = "--no-wait", description = "Print the id of the request and go.")
    private boolean noWait;

    @Option(names = "--json", description = "Print JSON; with --follow or --output one document a line.")
    private boolean json;

    /**
     * Makes the command.
     *
     * @param session what it works with
     */
    public RunCommand(Session session) {
        this.session = Objects.requireNonNull(session);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (noWait && (follow || output || out != null)) {
            throw CommandFailedException.usage("--no-wait goes with none of --follow, --output and --out");
        }
        if (follow && output) {
            throw CommandFailedException.usage("--follow and --output are two ways to see the same");
        }
        ArtifactFolder folder = out == null ? null : ArtifactFolder.of(out, session.surroundings());
        Submission submission = submit();
        String requestId = submission.requestId();
        Console console = session.console();
        Set<String> warned = new HashSet<>(submission.warnings());
        warned.forEach(warning -> console.noteFaintly("! " + warning));
        if (noWait) {
            say(requestId);
            return ExitCodes.SUCCEEDED;
        }
        console.noteFaintly(
                "-- request " + requestId + (submission.cacheHit() ? ", answered from an earlier run" : ""));
        Shown shown = output ? Shown.OUTPUT : follow ? Shown.CONVERSATION : Shown.PROGRESS;
        RunWatch watch = new RunWatch(session, requestId, shown, json);
        RunWatch.End end = watch.watch();
        if (end == RunWatch.End.LEFT) {
            return ExitCodes.INTERRUPTED;
        }
        warned.addAll(watch.warned());
        RunOutcome outcome = new RunOutcome(session, requestId, end == RunWatch.End.ENDED ? folder : null);
        return json ? outcome.tellPrograms(shown != Shown.PROGRESS) : outcome.tell(!output, warned);
    }

    private void say(String requestId) {
        if (json) {
            ObjectNode document = Json.object();
            document.put("request_id", requestId);
            session.console().json(Json.line(document));
        } else {
            session.console().say(requestId);
        }
    }

    private Submission submit() throws IOException, InterruptedException {
        Path path = session.surroundings().here().resolve(skill);
        boolean temporary = (skill.contains("/") || skill.endsWith(".zip") || skill.equals(".")) && Files.exists(path);
        if (!temporary && skill.contains("/")) {
            throw CommandFailedException.usage("there is no folder or zip " + skill);
        }
        return temporary ? submitTemporary(path) : submitInstalled();
    }

    private Submission submitInstalled() throws IOException, InterruptedException {
        Document schemas = session.connection().get("/v1/management/skills/" + Connection.segment(skill) + "/schemas");
        ValueSchema inputs = new ValueSchema(schemas.tree().path("input"));
        JobArguments arguments = new JobArguments(session.surroundings());
        Map<String, Path> sent = arguments.files(files, inputs);
        ObjectNode job = request(
                arguments,
                arguments.input(input, inputs),
                arguments.parameter(parameter, new ValueSchema(schemas.tree().path("parameter"))));
        job.put("skill_id", skill);
        return session.connection().client().submit(Json.plain(job, JobRequest.class), sent);
    }

    /** A skill that is sent along: its schemas lie in it, and the server checks everything when it comes. */
    private Submission submitTemporary(Path skillPath) throws IOException, InterruptedException {
        JobArguments arguments = new JobArguments(session.surroundings());
        ObjectNode request = request(
                arguments,
                arguments.input(input, ValueSchema.ANY_VALUE),
                arguments.parameter(parameter, ValueSchema.ANY_VALUE));
        Map<String, Path> sent = arguments.files(files, ValueSchema.ANY_FILE);
        // What creates a run tries for a while; a server that is not there is better told at once.
        session.connection().reach();
        return session.connection()
                .client()
                .submitTemporary(Json.plain(request, TempRunRequest.class), skillPath, sent);
    }

    private ObjectNode request(JobArguments arguments, JsonNode inputs, JsonNode parameters) {
        ObjectNode request = Json.object();
        if (engine != null) {
            request.put("engine", engine);
        }
        if (model != null) {
            request.put("model", model);
        }
        request.set("input", inputs);
        request.set("parameter", parameters);
        request.set("runtime_options", arguments.options(options, mode));
        return request;
    }
}
