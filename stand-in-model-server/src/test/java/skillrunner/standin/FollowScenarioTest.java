package skillrunner.standin;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.standin.Requests.chat;
import static skillrunner.standin.Requests.chatMessage;
import static skillrunner.standin.Requests.codex;
import static skillrunner.standin.Requests.codexCall;
import static skillrunner.standin.Requests.codexOutput;
import static skillrunner.standin.Requests.codexUser;

@Timeout(60)
class FollowScenarioTest {

    private static final String PROMPT = "Do this:\n```sh\necho one\necho \"two\"\n```\nand answer.";

    private final Scenario follow = new FollowScenario();

    @Test
    void the_block_of_the_prompt_is_called_as_it_stands() {
        assertThat(follow.answer(asked(PROMPT))).isEqualTo(new Answer.ToolCall("echo one\necho \"two\""));
    }

    @Test
    void the_newest_message_with_a_block_wins() {
        assertThat(follow.answer(asked("```sh\nold\n```", "```sh\nnew\n```", "no block here")))
                .isEqualTo(new Answer.ToolCall("new"));
    }

    @Test
    void a_prompt_without_a_block_is_answered_with_an_error_object() {
        assertThat(follow.answer(asked("hello", "```json\n{}\n```")))
                .isEqualTo(new Answer.Text("{\"error\":\"no command\"}"));
    }

    @Test
    void the_last_object_line_of_the_output_is_the_answer() {
        assertThat(follow.answer(printed("Output:\n{\"a\":1}\n  {\"b\":2}\r\nbye\n")))
                .isEqualTo(new Answer.Text("{\"b\":2}"));
    }

    @Test
    void an_output_without_an_object_line_is_answered_with_an_error_object() {
        assertThat(follow.answer(printed("x {\"a\":1}\n{\n}"))).isEqualTo(new Answer.Text("{\"error\":\"no output\"}"));
    }

    @Test
    void a_codex_conversation_is_followed() throws Exception {
        try (StandInModelServer server = StandInModelServer.start(0)) {
            TestClient client = new TestClient(server);

            String call = client.codex(
                            "follow",
                            codex("c", codexUser(PROMPT), codexUser("<skill>\n<name>x</name>\nwords\n</skill>")))
                    .body();
            String answer = client.codex(
                            "follow",
                            codex(
                                    "c",
                                    codexUser(PROMPT),
                                    codexCall("exec_command"),
                                    codexOutput("Process exited with code 0\nOutput:\none\n{\"done\":true}\n")))
                    .body();

            assertThat(call).contains("echo one\\\\necho \\\\\\\"two\\\\\\\"");
            assertThat(answer).contains("\"text\":\"{\\\"done\\\":true}\"");
        }
    }

    @Test
    void a_chat_conversation_is_followed() throws Exception {
        try (StandInModelServer server = StandInModelServer.start(0)) {
            TestClient client = new TestClient(server);

            String call =
                    client.chat("follow", chat(chatMessage("user", PROMPT))).body();
            String answer = client.chat(
                            "follow", chat(chatMessage("user", PROMPT), chatMessage("tool", "one\n{\"done\":true}\n")))
                    .body();

            assertThat(call).contains("echo one\\\\necho \\\\\\\"two\\\\\\\"");
            assertThat(answer).contains("\"content\":\"{\\\"done\\\":true}\"");
        }
    }

    private static ModelTurn asked(String... userTexts) {
        return new ModelTurn("c", 1, List.of(userTexts), Optional.empty());
    }

    private static ModelTurn printed(String output) {
        return new ModelTurn("c", 2, List.of(PROMPT), Optional.of(output));
    }
}
