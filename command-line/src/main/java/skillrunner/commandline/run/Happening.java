package skillrunner.commandline.run;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.client.RunEnd;

/** What a watch has to deal with, one after another: the run, the keyboard and Ctrl-C. */
sealed interface Happening {
    /**
     * The run moved.
     *
     * @param status its new status
     */
    record Moved(String status) implements Happening {
        public Moved {
            Objects.requireNonNull(status);
        }
    }

    /**
     * Its program wrote something.
     *
     * @param stream {@code stdout} or {@code stderr}
     * @param from the number of bytes before it
     * @param text what it wrote
     */
    record Wrote(String stream, long from, String text) implements Happening {
        public Wrote {
            Objects.requireNonNull(stream);
            Objects.requireNonNull(text);
        }
    }

    /**
     * Something was said or done.
     *
     * @param number of the event
     * @param at when, as text
     * @param type what it is
     * @param data the rest
     */
    record Told(long number, String at, String type, Map<String, Object> data) implements Happening {
        public Told {
            Objects.requireNonNull(at);
            Objects.requireNonNull(type);
            Objects.requireNonNull(data);
        }
    }

    /** The run asks something. */
    record Asked() implements Happening {}

    /**
     * The server can't be heard, and is tried again.
     *
     * @param why in words
     */
    record Lost(String why) implements Happening {
        public Lost {
            Objects.requireNonNull(why);
        }
    }

    /** The server is heard, and has nothing to tell. */
    record Heard() implements Happening {}

    /**
     * The run has ended, and nothing more comes.
     *
     * @param end how
     */
    record Ended(RunEnd end) implements Happening {
        public Ended {
            Objects.requireNonNull(end);
        }
    }

    /**
     * The run can't be followed any more.
     *
     * @param fault why
     */
    record Broken(Exception fault) implements Happening {
        public Broken {
            Objects.requireNonNull(fault);
        }
    }

    /**
     * A line was typed.
     *
     * @param line without its end; empty at the end of the input
     */
    record Typed(Optional<String> line) implements Happening {
        public Typed {
            Objects.requireNonNull(line);
        }
    }

    /** Ctrl-C. */
    record Interrupted() implements Happening {}

    /** Whether it is of the run, and so may be told later while somebody is asked. */
    default boolean isOfRun() {
        return this instanceof Moved
                || this instanceof Wrote
                || this instanceof Told
                || this instanceof Lost
                || this instanceof Heard;
    }
}
