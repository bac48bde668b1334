/** How what goes wrong is answered: as a problem document, or as a page where a page was asked for. */
@NullMarked
package skillrunner.e2eclient.problem;

import org.jspecify.annotations.NullMarked;
