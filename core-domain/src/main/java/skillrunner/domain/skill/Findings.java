package skillrunner.domain.skill;

import java.util.ArrayList;
import java.util.List;
import skillrunner.domain.skill.PackageFinding.Severity;

/** Findings in one file, in the order in which they were made. Not safe for concurrent use. */
final class Findings {
    private final String file;
    private final List<PackageFinding> all = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void add(String place, String message, String remedy) {
        add(Severity.ERROR, place, message, remedy);
    }

    void add(Severity severity, String place, String message, String remedy) {
        all.add(new PackageFinding(severity, file, place, 0, 0, message, remedy));
    }

    /** A text of somebody else's as it may stand in a message. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }

    int size() {
        return all.size();
    }

    List<PackageFinding> all() {
        return List.copyOf(all);
    }
}
