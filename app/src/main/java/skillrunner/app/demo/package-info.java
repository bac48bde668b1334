/** {@code demo}: shows a newcomer a skill that runs for real, in the terminal and on a page. */
@NullMarked
package skillrunner.app.demo;

import org.jspecify.annotations.NullMarked;
