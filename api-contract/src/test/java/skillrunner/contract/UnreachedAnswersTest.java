package skillrunner.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class UnreachedAnswersTest {
    private static final ApiDocument DOCUMENT = ApiDocument.parse(
            """
            openapi: 3.1.1
            paths:
              /things/{id}:
                get:
                  responses:
                    '200': {content: {text/plain: {}}}
                    '404':
                      content:
                        application/problem+json:
                          schema: {allOf: [{}, {properties: {code: {enum: [GONE, UNKNOWN]}}}]}
            """);

    @TempDir
    private Path folder;

    private final String before = System.getProperty(ReachedAnswers.FOLDER, "");

    @BeforeEach
    void noteHere() throws Exception {
        Files.createDirectory(folder.resolve("compiled"));
        Files.createFile(folder.resolve("compiled").resolve("skillrunner.contract.UnreachedAnswersTest.class"));
        System.setProperty(ReachedAnswers.FOLDER, folder.resolve("reached").toString());
    }

    @AfterEach
    void noteElsewhere() {
        System.setProperty(ReachedAnswers.FOLDER, before);
    }

    private List<String> unreached(String reasons) throws Exception {
        return UnreachedAnswers.of(
                DOCUMENT,
                BuildNotes.read(folder.resolve("reached"), List.of(folder.resolve("compiled"))),
                Files.writeString(folder.resolve("reasons"), reasons));
    }

    @Test
    void what_no_test_was_answered_is_told_status_by_status_and_code_by_code() throws Exception {
        assertThat(unreached(""))
                .containsExactly(
                        "no test was answered: GET /things/{id} 200",
                        "no test was answered: GET /things/{id} 404 GONE",
                        "no test was answered: GET /things/{id} 404 UNKNOWN");

        AnswerCheck check = new AnswerCheck(DOCUMENT);
        check.breach(answer("HEAD", 200, "text/plain", ""));
        check.breach(answer("GET", 404, "application/problem+json", "{\"status\":404,\"code\":\"GONE\"}"));

        assertThat(unreached("")).containsExactly("no test was answered: GET /things/{id} 404 UNKNOWN");
        assertThat(unreached("# why\n\n.* 404 UNKN.*: nobody can be asked\n")).isEmpty();
    }

    @Test
    @Tag(RunningTests.CHANCE)
    void what_a_test_is_answered_by_chance_counts_for_nothing() throws Exception {
        new AnswerCheck(DOCUMENT).breach(answer("GET", 200, "text/plain", ""));

        assertThat(unreached("")).contains("no test was answered: GET /things/{id} 200");
    }

    @Test
    void a_reason_for_nothing_is_told() throws Exception {
        assertThat(unreached(".*: all\n.* 410: gone\nno colon\n"))
                .containsExactly(
                        "the list has a line that says nothing of the document: .* 410: gone",
                        "the list has a line that says nothing of the document: no colon");
    }

    private static Answer answer(String method, int status, String type, String body) {
        return new Answer(method, "/things/5", status, Optional.of(type), Set.of(), Optional.of(body));
    }
}
