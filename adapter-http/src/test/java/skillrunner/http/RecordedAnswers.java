package skillrunner.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers of the API as they stood on the wire, byte for byte, in the order in which they were asked for. */
final class RecordedAnswers {
    private final StringBuilder answers = new StringBuilder();

    /** Notes an answer under a name of its own. */
    void add(String name, HttpResponse<String> answer) {
        add(name, answer.statusCode() + "\n" + answer.body());
    }

    void add(String name, String answer) {
        answers.append("== ").append(name).append('\n').append(answer).append('\n');
    }

    /** Compares with what is recorded in the resources of the tests. */
    void areTheRecorded(String recording) throws IOException {
        try (InputStream in = RecordedAnswers.class.getResourceAsStream("/wire/" + recording + ".txt")) {
            assertThat(answers.toString())
                    .isEqualTo(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
