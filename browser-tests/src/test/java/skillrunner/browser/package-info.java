/**
 * The pages as their readers have them: the built distribution, started by its launcher, in a real browser. Every visit is
 * watched: no request to another host, no error in the console, no breach of the content policy, no barrier that axe finds.
 */
@NullMarked
package skillrunner.browser;

import org.jspecify.annotations.NullMarked;
