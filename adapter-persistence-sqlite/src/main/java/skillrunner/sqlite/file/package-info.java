/**
 * What every database file needs: one writing connection, a few reading ones, migrations at start. Start at {@link
 * skillrunner.sqlite.file.SqliteFile}. Safe for concurrent use.
 */
@NullMarked
package skillrunner.sqlite.file;

import org.jspecify.annotations.NullMarked;
