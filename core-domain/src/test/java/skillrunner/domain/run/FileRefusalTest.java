package skillrunner.domain.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The tool says: File size limit exceeded",
                "File size limit exceeded: 20 MB may be read",
                "line 3: File size limit exceeded",
                "  File size limit exceeded| retry with less",
                "  20 File size limit exceeded: at most 20 MB",
                "the worker was terminated by signal 25",
                "OSError: [Errno 27] File too large",
                "OSError: [Errno 27] File too large: 'large'",
                "Error: EFBIG: file too large, ftruncate",
                "  code: 'EFBIG',",
                "dd: error writing 'large': File too large",
                "cp: error writing 'large': File too large\r",
                "Error: File too large (os error 27)",
                "{ errno: -27, code: \"EFBIG\" }"
            })
    void is_told_in_the_words_of_the_system(String line) {
        assertThat(FileRefusal.in(line)).isEqualTo(FileRefusal.TOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "File size limit exceeded",
                "File size limit exceeded (core dumped)\r",
                "bash: line 1: 26450 File size limit exceeded(core dumped) truncate -s 100G large",
                "/tmp/some folder/make.sh: line 12:   501 File size limit exceeded    truncate -s 100G large",
                "     20261 File size limit exceeded| truncate -s 100G large",
                "     20261 File size limit exceeded(core dumped) | truncate -s 100G large\r",
                "make: *** [Makefile:2: all] File size limit exceeded",
                "make[2]: *** [all] File size limit exceeded (core dumped)",
                "xargs: truncate: terminated by signal 25",
                "find: \u2018truncate\u2019 terminated by signal 25"
            })
    void leaves_no_doubt_where_a_shell_tells_of_a_program_that_was_ended(String line) {
        assertThat(FileRefusal.in(line)).isEqualTo(FileRefusal.ENDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "413 file too large: at most 10 MB can be uploaded",
                "File too large",
                "the upload failed: File too large, try a smaller one",
                "[Errno 28] No space left on device",
                "XEFBIGX",
                "xargs: truncate: terminated by signal 9",
                "find: 'truncate' terminated by signal 255",
                "The docs say that EFBIG and ENOSPC come from write(2)",
                "Request failed with 413: File too large"
            })
    void is_not_what_others_say_of_files(String line) {
        assertThat(FileRefusal.in(line)).isEqualTo(FileRefusal.NONE);
    }

    @Test
    void is_not_looked_for_in_a_flood() {
        assertThat(FileRefusal.in("File size limit exceeded" + " ".repeat(1000)))
                .isEqualTo(FileRefusal.NONE);
    }

    @Test
    void of_two_the_one_that_leaves_less_doubt_counts() {
        assertThat(FileRefusal.NONE.or(FileRefusal.TOLD)).isEqualTo(FileRefusal.TOLD);
        assertThat(FileRefusal.ENDED.or(FileRefusal.TOLD)).isEqualTo(FileRefusal.ENDED);
        assertThat(FileRefusal.of(153).or(FileRefusal.of(1))).isEqualTo(FileRefusal.ENDED);
    }
}
