/**
 * Removing runs: all of them because somebody asks for it, or those that were kept long enough. Everything of a run goes: it is
 * marked, which makes it invisible at once, then its files are removed, then its rows. Each step may be repeated, so that what a
 * kill cuts off is finished by the next start.
 */
@NullMarked
package skillrunner.application.run.retention;

import org.jspecify.annotations.NullMarked;
