/**
 * The database file with requests and runs. Start at {@link skillrunner.sqlite.SqliteDatabase}. Safe for concurrent use.
 */
@NullMarked
package skillrunner.sqlite;

import org.jspecify.annotations.NullMarked;
