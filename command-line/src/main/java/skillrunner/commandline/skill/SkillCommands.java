package skillrunner.commandline.skill;

import java.util.List;
import picocli.CommandLine;
import skillrunner.commandline.server.Session;

/** The commands of {@code skills} that talk to a server. */
public final class SkillCommands {
    private SkillCommands() {}

    /**
     * Makes them.
     *
     * @param session what they work with
     * @return the commands
     */
    public static List<CommandLine> all(Session session) {
        return List.of(
                session.command(new SkillListCommand(session)),
                session.command(new SkillShowCommand(session)),
                session.command(new SkillInstallCommand(session)));
    }
}
