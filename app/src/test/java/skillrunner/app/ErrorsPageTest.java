package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.signin.SignInFault;
import skillrunner.http.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/errors.md} lists every code, in order, with the status it is answered with. */
class ErrorsPageTest {
    @Test
    void the_page_lists_every_code_and_no_other() throws IOException {
        Path page = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
                .resolve("docs/errors.md");
        List<String> listed = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .map(cells -> cells[1].strip() + cells[2].strip())
                .toList();
        List<String> expected = Stream.of(
                        Arrays.stream(ErrorCode.values()).map(code -> "`" + code + "`" + Problem.status(code.kind())),
                        Arrays.stream(RunFailureCode.values()).map(code -> "`" + code + "`run"),
                        Arrays.stream(SignInFault.values()).map(fault -> "`" + fault + "`sign-in"))
                .flatMap(codes -> codes)
                .toList();
        assertThat(listed).containsExactlyElementsOf(expected);
    }
}
