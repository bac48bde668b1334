/** {@code doctor}: says what this machine lacks and how to mend it. */
@NullMarked
package skillrunner.app.doctor;

import org.jspecify.annotations.NullMarked;
