package skillrunner.commandline.run;

/** What is shown of a run while it works. */
enum Shown {
    /** How it moves, as messages. */
    PROGRESS,
    /** What the agent says and does, as results. */
    CONVERSATION,
    /** What the engine's program writes, as it is. */
    OUTPUT
}
