package skillrunner.application.console;

/**
 * How large a screen is. Immutable.
 *
 * @param columns 1 to 500
 * @param rows 1 to 300
 */
public record ConsoleSize(int columns, int rows) {
    /** What programs get that are told nothing else. */
    public static final ConsoleSize USUAL = new ConsoleSize(120, 40);

    private static final int MOST_COLUMNS = 500;
    private static final int MOST_ROWS = 300;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is none that a screen can have
     */
    public ConsoleSize {
        if (!isPossible(columns, rows)) {
            throw new IllegalArgumentException("no screen has " + columns + " columns and " + rows + " rows");
        }
    }

    /**
     * Tells whether a screen can be so large.
     *
     * @param columns how many columns
     * @param rows how many rows
     * @return whether both are within their limits
     */
    public static boolean isPossible(int columns, int rows) {
        return columns >= 1 && columns <= MOST_COLUMNS && rows >= 1 && rows <= MOST_ROWS;
    }
}
