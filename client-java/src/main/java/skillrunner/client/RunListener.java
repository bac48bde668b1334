package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.ChatEvent;
import skillrunner.client.model.Question;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.Stall;

/**
 * Is told what happens to a run, each thing once and in order, on the thread that follows. What a method throws ends the following and
 * reaches whoever began it.
 */
public interface RunListener {
    /**
     * The run has this status, first at the beginning, then whenever that or the guess about its silence changes.
     *
     * @param status the status
     * @param stall why it says nothing, if it has not for a while
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void status(RunStatus status, @Nullable Stall stall) throws IOException, InterruptedException {}

    /**
     * The engine wrote to its standard output.
     *
     * @param from which byte of the whole run this begins with
     * @param text what it wrote; bytes that are no UTF-8 show as U+FFFD
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void stdout(long from, String text) throws IOException, InterruptedException {}

    /**
     * The engine wrote to its standard error.
     *
     * @param from which byte of the whole run this begins with
     * @param text what it wrote; bytes that are no UTF-8 show as U+FFFD
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void stderr(long from, String text) throws IOException, InterruptedException {}

    /**
     * Something happened that a front end shows. Only with {@link RunFollower#withEvents}.
     *
     * @param event what; a type that is not known is to be passed over
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void event(ChatEvent event) throws IOException, InterruptedException {}

    /**
     * The server is there and has nothing to tell.
     *
     * @param at its time
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void heartbeat(Instant at) throws IOException, InterruptedException {}

    /**
     * The connection was cut, or there is none; it is tried again after a while. Cuts are normal: nothing gets lost by them.
     *
     * @param wait after how long
     * @param why what went wrong
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default void reconnecting(Duration wait, IOException why) throws IOException, InterruptedException {}

    /**
     * The run asks something. It may be answered in here, or by anybody else.
     *
     * @param question what is asked; each question is told once
     * @return whether to go on until it has been decided; otherwise the following ends
     * @throws IOException ends the following
     * @throws InterruptedException ends the following
     */
    default boolean question(Question question) throws IOException, InterruptedException {
        return true;
    }
}
