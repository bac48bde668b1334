package skillrunner.e2eclient.run;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is before and after the rows that are shown.
 *
 * @param newer address of the page before; empty if there is none
 * @param older address of the page after; empty if there is none
 * @param total how many there are in all
 */
public record PagerView(String newer, String older, int total) {
    /** How many rows a page has. */
    static final int ROWS = 50;

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

    /** The number of the page that is asked for, from 1 on; what is no number asks for the first. */
    static int asked(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("page"))
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(1);
    }

    static PagerView of(String address, int page, int total) {
        return new PagerView(
                page > 1 ? address + "?page=" + (page - 1) : "",
                (long) page * ROWS < total ? address + "?page=" + (page + 1) : "",
                total);
    }
}
