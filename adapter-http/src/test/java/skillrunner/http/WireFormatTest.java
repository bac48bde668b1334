package skillrunner.http;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

class WireFormatTest {
    private record Sample(EngineId engineUsed, Instant startedAt, RunStatus status) {}

    @Test
    void values_of_the_core_are_written_as_texts() {
        Sample sample = new Sample(EngineId.CODEX, Instant.parse("2026-11-22T08:30:00.1Z"), RunStatus.WAITING_USER);

        assertThat(WireFormat.mapper().writeValueAsString(sample))
                .isEqualTo(
                        "{\"engine_used\":\"codex\",\"started_at\":\"2026-11-22T08:30:00.100000Z\",\"status\":\"waiting_user\"}");
    }

    @Test
    void values_of_the_core_name_members_by_the_same_texts() {
        Map<Object, Object> members = new LinkedHashMap<>(Map.of(EngineId.GEMINI, 1));
        Map<RunStatus, Integer> states = new EnumMap<>(Map.of(RunStatus.WAITING_USER, 2));

        assertThat(WireFormat.mapper().writeValueAsString(members)).isEqualTo("{\"gemini\":1}");
        assertThat(WireFormat.mapper().writeValueAsString(states)).isEqualTo("{\"waiting_user\":2}");
    }

    @Test
    void every_value_of_the_core_in_a_wire_record_has_a_form_of_its_own() throws ClassNotFoundException {
        Set<JavaClass> values = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("skillrunner.http")
                        .stream()
                        .filter(type -> type.getName().matches(".*Json(\\$.*)?"))
                        .flatMap(type -> type.getFields().stream())
                        .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                        .filter(type -> type.getName().matches("skillrunner\\.(domain|application)\\..*"))
                        .collect(Collectors.toSet());

        assertThat(values).hasSizeGreaterThan(15);
        for (JavaClass value : values) {
            assertThat(WireFormat.mapper()
                            ._serializationContext()
                            .findValueSerializer(Class.forName(value.getName()))
                            .getClass()
                            .getEnclosingClass())
                    .as(value.getName())
                    .isEqualTo(WireTypes.class);
        }
    }
}
