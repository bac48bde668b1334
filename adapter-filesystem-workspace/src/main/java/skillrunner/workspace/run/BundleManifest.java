package skillrunner.workspace.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import skillrunner.application.json.JsonText;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.Run;

/** The table of contents of a bundle, which grows while the bundle is made; kept packed, for it may be long. */
final class BundleManifest {
    private final JsonText json;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final DeflaterOutputStream text = new DeflaterOutputStream(packed);
    private String separator = "";

    BundleManifest(JsonText json) throws IOException {
        this.json = json;
        write("{\"files\":[");
    }

    void add(String path, long size, String sha256) throws IOException {
        write(separator + "\n" + json.canonical(Map.of("path", path, "size", size, "sha256", sha256)));
        separator = ",";
    }

    /** Ends it. @return its bytes */
    InputStream finished(Run run, Optional<Attempt> last, int leftOut, boolean complete) throws IOException {
        Map<String, Object> rest = new LinkedHashMap<>();
        rest.put("run_id", run.id().value());
        rest.put("skill_id", run.skill().value());
        rest.put("engine", run.engine().wire());
        rest.put("status", run.status().wire());
        rest.put("receipt", last.flatMap(Attempt::receipt).map(RunJson::receipt).orElse(null));
        rest.put(
                "processes",
                last.flatMap(Attempt::processesEnded).map(RunJson::processes).orElse(null));
        EngineTold told = last.map(Attempt::told).orElse(EngineTold.NOTHING);
        rest.put("tokens", told.tokens().map(RunJson::tokens).orElse(null));
        rest.put("models", told.models());
        rest.put("left_out", leftOut);
        rest.put("complete", complete);
        StringBuilder end = new StringBuilder("\n]");
        rest.forEach(
                (name, value) -> end.append(",\n\"").append(name).append("\":").append(json.canonical(value)));
        write(end.append("}\n").toString());
        text.finish();
        text.close();
        return new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray()));
    }

    private void write(String piece) throws IOException {
        text.write(piece.getBytes(StandardCharsets.UTF_8));
    }
}
