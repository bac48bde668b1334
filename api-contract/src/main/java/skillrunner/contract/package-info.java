/**
 * Holds a server to its OpenAPI document, for tests: {@link skillrunner.contract.DocumentFaults} judges the document itself,
 * {@link skillrunner.contract.AnswerCheck} an answer, {@link skillrunner.contract.BreakingChanges} a document against an earlier
 * one. Knows no server and no client.
 */
@NullMarked
package skillrunner.contract;

import org.jspecify.annotations.NullMarked;
