/** The programs that the page about embedding shows, word for word. */
@NullMarked
package skillrunner.embedding.example;

import org.jspecify.annotations.NullMarked;
