/** Installations of skill packages in SQLite. Safe for concurrent use. */
@NullMarked
package skillrunner.sqlite.skill;

import org.jspecify.annotations.NullMarked;
