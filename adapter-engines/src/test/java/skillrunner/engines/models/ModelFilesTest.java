package skillrunner.engines.models;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ModelFilesTest {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<EngineCli> clis() {
        return ServiceLoader.load(EngineCli.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(cli -> cli.models() instanceof ModelSource.Snapshots);
    }

    @ParameterizedTest
    @MethodSource("clis")
    void every_snapshot_that_a_manifest_lists_is_there_and_says_whose_it_is(EngineCli cli) {
        ShippedModels shipped = ((ModelSource.Snapshots) cli.models()).shipped();
        if (EngineId.BUILT_IN.contains(cli.engine())) {
            assertThat(shipped.file("manifest.json")).isPresent();
        }
        for (JsonNode listed : snapshots(shipped)) {
            JsonNode snapshot = read(shipped, listed.get("file").stringValue());
            assertThat(snapshot.get("engine").stringValue())
                    .isEqualTo(cli.engine().wire());
            assertThat(snapshot.get("version").stringValue())
                    .isEqualTo(listed.get("version").stringValue());
            assertThat(snapshot.get("models")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"codex, 0.0.0 0.89.0 0.99.0", "gemini, 0.0.0 0.25.2 0.30.0", "iflow, 0.0.0 0.5.2 0.5.12 0.5.14"})
    void the_versions_that_are_known_are_these(String engine, String versions) {
        EngineCli cli = clis().filter(one -> one.engine().wire().equals(engine))
                .findFirst()
                .orElseThrow();
        List<String> listed = new ArrayList<>();
        snapshots(((ModelSource.Snapshots) cli.models()).shipped())
                .forEach(row -> listed.add(row.get("version").stringValue()));

        assertThat(listed).containsExactly(versions.split(" "));
    }

    @Test
    void what_is_not_there_is_none() {
        assertThat(new ModelFiles(ModelFilesTest.class).file("manifest.json")).isEmpty();
    }

    private static Iterable<JsonNode> snapshots(ShippedModels shipped) {
        return shipped.file("manifest.json").isEmpty()
                ? List.of()
                : read(shipped, "manifest.json").get("snapshots");
    }

    private static JsonNode read(ShippedModels shipped, String name) {
        return JSON.readTree(shipped.file(name).orElseThrow());
    }
}
