package skillrunner.e2eclient.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {
    private static final Pattern KEY = Pattern.compile("page\\.t\\(\"([a-z_.]+)\"");

    @Test
    void both_languages_have_the_same_texts_with_the_same_places() {
        Messages english = Messages.in(Language.ENGLISH);
        Messages chinese = Messages.in(Language.CHINESE);
        assertThat(new TreeSet<>(chinese.keys())).isEqualTo(new TreeSet<>(english.keys()));
        for (String key : english.keys()) {
            assertThat(chinese.text(key).contains("{0}"))
                    .as(key)
                    .isEqualTo(english.text(key).contains("{0}"));
        }
    }

    @Test
    void every_text_that_a_template_names_is_there() throws IOException {
        Messages english = Messages.in(Language.ENGLISH);
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                assertThat(KEY.matcher(Files.readString(template))
                                .results()
                                .map((MatchResult match) -> match.group(1))
                                .filter(key -> !english.has(key)))
                        .as(template.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void languages_are_chosen_by_what_a_browser_understands() {
        assertThat(Language.negotiate("zh-CN,zh;q=0.9,en;q=0.8")).isEqualTo(Language.CHINESE);
        assertThat(Language.negotiate("fr, en-GB;q=0.5")).isEqualTo(Language.ENGLISH);
        assertThat(Language.negotiate("zh;q=0, de")).isEqualTo(Language.ENGLISH);
        assertThat(Language.negotiate(";;;=")).isEqualTo(Language.ENGLISH);
        assertThat(Language.negotiate(null)).isEqualTo(Language.ENGLISH);
        assertThat(Language.CHINESE.tag()).isEqualTo("zh-CN");
    }
}
