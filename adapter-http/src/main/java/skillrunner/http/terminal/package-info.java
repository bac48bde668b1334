/** Engines' own interfaces in a terminal of the page: their session, their page and the socket that feeds it. */
@NullMarked
package skillrunner.http.terminal;

import org.jspecify.annotations.NullMarked;
