package skillrunner.sqlite.file;

import java.util.Objects;

/**
 * The scripts that make a file's tables. A test compares newest and count with the scripts.
 *
 * @param folder where they are among the resources
 * @param newest version of the newest one
 * @param count how many there are
 * @param sequence a query for the sum of all sequences that were ever given in the file
 */
public record Migrations(String folder, String newest, int count, String sequence) {
    /** Refuses a version that could be more than a number. */
    public Migrations {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(sequence);
        if (!newest.matches("[0-9]+")) {
            throw new IllegalArgumentException("not a version: " + newest);
        }
    }
}
