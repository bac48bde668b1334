/** Who runs on this machine, told so that nobody is taken for somebody else who has the same number. */
@NullMarked
package skillrunner.process.table;

import org.jspecify.annotations.NullMarked;
