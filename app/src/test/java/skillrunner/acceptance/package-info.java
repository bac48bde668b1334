/**
 * The product as its users have it: the built distribution, started by its launcher, asked over HTTP. Agent CLIs are
 * scripted or, where a class says so, real ones that talk to a model server on loopback.
 */
@NullMarked
package skillrunner.acceptance;

import org.jspecify.annotations.NullMarked;
