package skillrunner.commandline.skill;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.TextTable;
import tools.jackson.databind.JsonNode;

/** {@code skills list}. */
@Command(name = "list", description = "List the skills of a server.", mixinStandardHelpOptions = true)
final class SkillListCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print JSON as GET /v1/management/skills answers.")
    private boolean json;

    SkillListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Document skills = session.connection().get("/v1/management/skills");
        if (json) {
            session.console().json(skills.text());
            return ExitCodes.SUCCEEDED;
        }
        TextTable table = new TextTable("ID", "VERSION", "HEALTH", "ENGINES", "DESCRIPTION");
        for (JsonNode skill : skills.tree().path("skills")) {
            String fault = Document.text(skill, "health_error");
            table.row(
                    Document.text(skill, "id"),
                    Document.text(skill, "version"),
                    Document.text(skill, "health"),
                    skill.path("effective_engines")
                            .valueStream()
                            .map(engine -> engine.asString(""))
                            .collect(Collectors.joining(",")),
                    fault.isEmpty() ? Document.text(skill, "description") : fault);
        }
        session.console().say(table);
        return ExitCodes.SUCCEEDED;
    }
}
