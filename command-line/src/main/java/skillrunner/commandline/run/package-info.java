/**
 * Running skills and looking after runs from a command line. What is typed becomes values of the types a skill's schemas name; a run
 * is watched until it ends, asks or is left alone, and never depends on being watched. Start at {@link
 * skillrunner.commandline.run.RunCommand} and {@link skillrunner.commandline.run.RunWatch}.
 */
@NullMarked
package skillrunner.commandline.run;

import org.jspecify.annotations.NullMarked;
