package skillrunner.mcp.tool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileInputTest {
    private final List<String> wrong = new ArrayList<>();

    @Test
    void a_file_is_text_base64_or_an_address_of_ours() {
        assertThat(text(Map.of("text", "ü"))).isEqualTo("ü");
        assertThat(text(Map.of("blob", "aGVs\r\nbG8="))).isEqualTo("hello");
        assertThat(text(Map.of("uri", "data:text/plain;base64,aGVsbG8="))).isEqualTo("hello");
        assertThat(text(Map.of("type", "resource", "resource", Map.of("uri", "file:///a", "text", "inside"))))
                .isEqualTo("inside");
        assertThat(read(Map.of("type", "resource_link", "name", "a", "uri", "skill-runner://runs/x/artifacts/a")))
                .contains(new FileInput.Address("skill-runner://runs/x/artifacts/a"));
        assertThat(wrong).isEmpty();
    }

    @Test
    void anything_else_is_told_with_its_place() {
        assertThat(List.of(
                        read("text").isPresent(),
                        read(Map.of()).isPresent(),
                        read(Map.of("text", "a", "blob", "YQ==")).isPresent(),
                        read(Map.of("text", 1)).isPresent(),
                        read(Map.of("blob", "not base64!")).isPresent(),
                        read(Map.of("blob", "YQ=YQ")).isPresent(),
                        read(Map.of("uri", "data:,plain")).isPresent(),
                        read(Map.of("uri", "https://example.org/a")).isPresent(),
                        read(Map.of("uri", "file:///etc/passwd")).isPresent()))
                .containsOnly(false);
        assertThat(wrong).containsExactly("", "", "", "/text", "/blob", "/blob", "/uri", "/uri", "/uri");
    }

    private String text(Map<String, ?> file) {
        return read(file)
                .map(it -> new String(((FileInput.Content) it).bytes(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    private Optional<FileInput> read(Object value) {
        return FileInput.read(value, (place, detail) -> wrong.add(place));
    }
}
