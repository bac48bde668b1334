package skillrunner.commandline.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows below a head, in columns. What stands in a cell may come from anybody; it is made visible and stays in its cell. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param head the names of the columns
     */
    public TextTable(String... head) {
        rows.add(List.of(head));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as the head has
     */
    public void row(String... cells) {
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(column -> {
                    String shown = VisibleText.line(cells[column]);
                    // The first column names the thing: cut, it would name nothing.
                    return column == 0 ? shown : TextWidth.cut(shown, WIDEST);
                })
                .toList());
    }

    /**
     * Lays the rows out.
     *
     * @return one line for each row, the head first
     */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], TextWidth.of(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(column == 0 ? "" : GAP).append(cell);
            line.append(" ".repeat(widths[column] - TextWidth.of(cell)));
        }
        return line.toString().stripTrailing();
    }
}
