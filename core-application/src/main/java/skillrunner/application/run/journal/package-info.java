/**
 * The journal of runs: what happened to each, as events that never change once they can be read. Start at
 * {@link skillrunner.application.run.journal.KeepJournal} for how it is written and at
 * {@link skillrunner.application.run.journal.JournalReader} for how it is read.
 */
@NullMarked
package skillrunner.application.run.journal;

import org.jspecify.annotations.NullMarked;
