package skillrunner.app.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that was found.
 *
 * @param checks in the order in which they are shown
 */
record Examination(List<Check> checks) {
    Examination {
        checks = List.copyOf(checks);
    }

    /** Nothing is a problem; warnings are allowed. */
    boolean healthy() {
        return checks.stream().noneMatch(check -> check.status() == Check.Status.PROBLEM);
    }

    /** A table for a terminal; what is to be mended stands below its row. */
    String table() {
        int nameWidth = width("CHECK", checks.stream().map(Check::name).toList());
        int statusWidth = width(
                "STATUS", checks.stream().map(check -> check.status().wire()).toList());
        List<String> lines = new ArrayList<>();
        lines.add(padded("CHECK", nameWidth) + padded("STATUS", statusWidth) + "FOUND");
        for (Check check : checks) {
            lines.add(padded(check.name(), nameWidth) + padded(check.status().wire(), statusWidth) + check.detail());
            if (!check.remedy().isEmpty()) {
                lines.add(" ".repeat(nameWidth + statusWidth) + "-> " + check.remedy());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static int width(String head, List<String> texts) {
        return 2 + texts.stream().mapToInt(String::length).reduce(head.length(), Math::max);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
