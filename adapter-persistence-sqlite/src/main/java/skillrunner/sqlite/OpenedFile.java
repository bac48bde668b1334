package skillrunner.sqlite;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import skillrunner.domain.store.StoreMark;
import skillrunner.sqlite.file.SqliteFile;
import skillrunner.sqlite.file.Transactions;

/** What all databases of this program have in common: each is one file that knows which one it is. */
abstract class OpenedFile implements Transactions, KnownStore {
    private final SqliteFile file;

    OpenedFile(SqliteFile file) {
        this.file = Objects.requireNonNull(file);
    }

    @Override
    public StoreMark mark() {
        return file.mark();
    }

    @Override
    public void begin() {
        file.begin();
    }

    @Override
    public Optional<String> fault() {
        return file.fault();
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
        return file.write(work);
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return file.read(work);
    }

    @Override
    public void close() {
        file.close();
    }
}
