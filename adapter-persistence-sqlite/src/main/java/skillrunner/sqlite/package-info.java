/**
 * The database file: one writing connection behind a fair lock, a few reading ones, migrations at start. Start at {@link
 * skillrunner.sqlite.SqliteDatabase}. Safe for concurrent use.
 */
@NullMarked
package skillrunner.sqlite;

import org.jspecify.annotations.NullMarked;
