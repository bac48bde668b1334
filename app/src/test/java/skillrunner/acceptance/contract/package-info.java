/** The whole document, asked of the whole server: every address, every guard. */
@NullMarked
package skillrunner.acceptance.contract;

import org.jspecify.annotations.NullMarked;
