package skillrunner.http.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Moment;

/**
 * The engines as a table.
 *
 * @param rows a row for each engine
 */
public record EngineTableView(List<Row> rows) {
    /** Copies the list. */
    public EngineTableView {
        rows = List.copyOf(rows);
    }

    /**
     * An engine.
     *
     * @param engine its name
     * @param name its name for people
     * @param inUse whether this server uses it
     * @param version the CLI's version, or a dash
     * @param installed whether there is a CLI, so that an upgrade would not be the first installation
     * @param versionWarning why jobs are refused on this version; empty if they are not
     * @param source where the CLI is, in words; empty if the version says enough
     * @param signedIn wire name of a status that fits: {@code succeeded} or {@code idle}
     * @param signedInLabel whether somebody is signed in, in words
     * @param life how long that lasts, in words; empty if nothing tells
     * @param lifeEnd when it ends, if a person has to know; null if not
     * @param expired whether it is over
     * @param sandbox whether the CLI has one, in words
     * @param models how many models there are
     * @param previous the version to go back to; empty if there is none
     */
    public record Row(
            String engine,
            String name,
            boolean inUse,
            String version,
            boolean installed,
            String versionWarning,
            String source,
            String signedIn,
            String signedInLabel,
            String life,
            @Nullable Moment lifeEnd,
            boolean expired,
            String sandbox,
            String models,
            String previous) {}
}
