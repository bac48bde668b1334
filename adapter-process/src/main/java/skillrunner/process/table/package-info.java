/**
 * The room for process identity: who runs on this machine, told so that nobody is taken for somebody else who has the same
 * number. A process is its number, the moment it began and the boot it began in ({@link
 * skillrunner.process.table.ProcessIdentity}). Nobody else looks at processes in {@code /proc}. A look that could not be taken
 * is a fault, never an answer.
 */
@NullMarked
package skillrunner.process.table;

import org.jspecify.annotations.NullMarked;
