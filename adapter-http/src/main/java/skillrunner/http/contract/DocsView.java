package skillrunner.http.contract;

import java.util.Objects;

/**
 * Where the page finds what it shows.
 *
 * @param file address of the document as it is written
 * @param document address of the same as JSON, which the program reads
 * @param program address of the program that shows it
 * @param styles address of the program's style sheet
 */
public record DocsView(String file, String document, String program, String styles) {
    /** Refuses null parts. */
    public DocsView {
        Objects.requireNonNull(file);
        Objects.requireNonNull(document);
        Objects.requireNonNull(program);
        Objects.requireNonNull(styles);
    }
}
