package skillrunner.http.engine;

import java.util.List;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.JsonBody;

/** What a client sends to add a snapshot. */
final class SnapshotBody {
    private SnapshotBody() {}

    /**
     * Reads the rows of a new snapshot; whose version the body names is of no interest.
     *
     * @throws RefusedException with all that is wrong with them
     */
    static List<SnapshotRow> rows(JsonBody body) {
        List<SnapshotRow> rows = body.requiredObjects("models").stream()
                .map(row -> new SnapshotRow(
                        row.requiredText("id"),
                        row.text("display_name"),
                        row.strictFlag("deprecated"),
                        row.text("notes"),
                        row.texts("supported_effort")))
                .toList();
        body.refuseIfWrong();
        return rows;
    }
}
