package skillrunner.testkit.run;

import skillrunner.application.run.journal.RunJournal;

class InMemoryRunJournalTest extends RunJournalContract {
    @Override
    protected RunJournal emptyJournal() {
        return new InMemoryRunJournal();
    }
}
