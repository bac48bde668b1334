package skillrunner.testkit.simulation;

/** From the start of a server's process to its end. All its threads end with it. For the one thread that has its turn. */
final class Life {
    private boolean over;

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    void goOn() {
        if (over) {
            throw new ServerDied();
        }
    }
}
