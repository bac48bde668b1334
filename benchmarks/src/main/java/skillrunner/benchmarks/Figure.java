package skillrunner.benchmarks;

/**
 * One line of the report.
 *
 * @param what what was measured
 * @param measured the value with its unit
 * @param target what it should be, or empty for information
 * @param verdict whether it is
 */
record Figure(String what, String measured, String target, Verdict verdict) {
    enum Verdict {
        MET,
        MISSED,
        INFORMATION
    }

    static Figure judged(String what, String measured, String target, boolean met) {
        return new Figure(what, measured, target, met ? Verdict.MET : Verdict.MISSED);
    }

    static Figure information(String what, String measured) {
        return new Figure(what, measured, "", Verdict.INFORMATION);
    }

    String row() {
        String shown =
                switch (verdict) {
                    case MET -> "met";
                    case MISSED -> "**missed**";
                    case INFORMATION -> "";
                };
        return "| " + what + " | " + measured + " | " + target + " | " + shown + " |";
    }
}
