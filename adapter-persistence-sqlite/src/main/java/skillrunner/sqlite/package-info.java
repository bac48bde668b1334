/**
 * The database files: {@link skillrunner.sqlite.SqliteDatabase} with requests and runs, {@link
 * skillrunner.sqlite.UpgradeDatabase} with upgrade tasks. Safe for concurrent use.
 */
@NullMarked
package skillrunner.sqlite;

import org.jspecify.annotations.NullMarked;
