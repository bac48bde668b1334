package skillrunner.http.contract;

import java.util.Objects;

/**
 * Where the page finds what it shows.
 *
 * @param document address of the document
 * @param program address of the program that shows it
 * @param styles address of the program's style sheet
 */
public record DocsView(String document, String program, String styles) {
    /** Refuses null parts. */
    public DocsView {
        Objects.requireNonNull(document);
        Objects.requireNonNull(program);
        Objects.requireNonNull(styles);
    }
}
