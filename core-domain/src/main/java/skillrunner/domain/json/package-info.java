/** What is said about JSON wherever it is read: how a place in it is named. */
@NullMarked
package skillrunner.domain.json;

import org.jspecify.annotations.NullMarked;
