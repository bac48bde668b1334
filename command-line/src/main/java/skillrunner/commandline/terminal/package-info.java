/**
 * The terminal a command talks to: what is shown there is made visible first, and what is typed and Ctrl-C come as events. Start
 * at {@link skillrunner.commandline.terminal.Console}.
 */
@NullMarked
package skillrunner.commandline.terminal;

import org.jspecify.annotations.NullMarked;
