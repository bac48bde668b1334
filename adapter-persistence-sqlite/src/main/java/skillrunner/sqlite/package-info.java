/**
 * The database file: one writing connection, a few reading ones, migrations at start. Start at {@link
 * skillrunner.sqlite.SqliteDatabase}. Safe for concurrent use.
 */
@NullMarked
package skillrunner.sqlite;

import org.jspecify.annotations.NullMarked;
