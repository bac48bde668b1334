package skillrunner.process;

import java.time.Duration;
import skillrunner.application.background.BackgroundTasks;

/** A daemon thread for each task. */
public final class TestBackground implements BackgroundTasks {
    @Override
    public void submit(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
