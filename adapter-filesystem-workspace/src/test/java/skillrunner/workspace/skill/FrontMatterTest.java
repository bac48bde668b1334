package skillrunner.workspace.skill;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;

/** How the front matter of a SKILL.md is written for the engines. */
class FrontMatterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "metadata: {b: 1, 2: two, true: yes, 1.5: x} ~ metadata: {\"1.5\":\"x\",\"2\":\"two\",\"b\":1,\"true\":\"yes\"}",
                "metadata: {a: {1: x, b: [{2: y, c: z}]}} ~ metadata: {\"a\":{\"1\":\"x\",\"b\":[{\"2\":\"y\",\"c\":\"z\"}]}}",
                "metadata: {null: x, a: y} ~ metadata: {\"a\":\"y\",\"null\":\"x\"}",
                "7: seven ~ \"7\": \"seven\"",
                "true: yes ~ true: \"yes\""
            })
    void keys_of_any_kind_are_written_as_texts_at_every_level(String line, String written) {
        FrontMatter front = FrontMatter.read("---\nname: demo\ndescription: does it\n" + line + "\n---\nbody\n");

        assertThat(front.normal("demo", "unused", new JacksonJson()))
                .isEqualTo("---\nname: \"demo\"\ndescription: \"does it\"\n" + written + "\n---\nbody\n");
    }
}
