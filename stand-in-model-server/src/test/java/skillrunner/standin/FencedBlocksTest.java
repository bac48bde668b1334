package skillrunner.standin;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FencedBlocksTest {

    @Test
    void the_last_block_with_the_tag_is_found() {
        assertThat(FencedBlocks.last("```sh\na\n```\n```sh\nb\nc\n```\n```json\n{}\n```", "sh"))
                .hasValue("b\nc");
    }

    @Test
    void the_tag_has_to_match_as_a_whole() {
        assertThat(FencedBlocks.last("```shell\na\n```\n```\nb\n```", "sh")).isEmpty();
    }

    @Test
    void a_block_that_is_never_closed_does_not_count() {
        assertThat(FencedBlocks.last("```sh\na", "sh")).isEmpty();
    }

    @Test
    void a_longer_fence_may_hold_a_shorter_one() {
        assertThat(FencedBlocks.last("````md\n```sh\na\n```\n````", "sh")).isEmpty();
        assertThat(FencedBlocks.last("````sh\n```\n````", "sh")).hasValue("```");
    }

    @Test
    void line_ends_and_inner_indentation_do_not_matter() {
        assertThat(FencedBlocks.last("  ```sh \r\nif x\r\n  then\r\n  ```\r\n", "sh"))
                .hasValue("if x\n  then");
    }
}
