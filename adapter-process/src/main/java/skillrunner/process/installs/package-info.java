/**
 * The managed installation of agent CLIs. Every version lives in a folder of its own; a link in {@code <npm prefix>/bin}
 * says which one is current and is replaced in one step. Whatever kills an installation, the link leads to a version that
 * was whole and answered before it became current.
 */
@NullMarked
package skillrunner.process.installs;

import org.jspecify.annotations.NullMarked;
