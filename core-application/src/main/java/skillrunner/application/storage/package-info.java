/** What the core needs to know about the disk. */
@NullMarked
package skillrunner.application.storage;

import org.jspecify.annotations.NullMarked;
