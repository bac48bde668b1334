package skillrunner.app.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * What was found about one thing.
 *
 * @param name the thing
 * @param status whether it is as it should be
 * @param detail what was found
 * @param remedy the command or act that mends it; empty if nothing is to be mended
 */
record Check(String name, Status status, String detail, String remedy) {
    enum Status {
        /** As it should be. */
        OK,
        /** Something is missing that not everybody needs. */
        WARNING,
        /** Without it the product does not work. */
        PROBLEM;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Check {
        Objects.requireNonNull(name);
        Objects.requireNonNull(status);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(remedy);
    }

    static Check ok(String name, String detail) {
        return new Check(name, Status.OK, detail, "");
    }

    static Check warning(String name, String detail, String remedy) {
        return new Check(name, Status.WARNING, detail, remedy);
    }

    static Check problem(String name, String detail, String remedy) {
        return new Check(name, Status.PROBLEM, detail, remedy);
    }
}
