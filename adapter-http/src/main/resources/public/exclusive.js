// A sign-in and a terminal exclude each other: what goes on in one part of the page locks the other.

const busy = new Set();
const listeners = [];

/** Says whether something of a kind is under way. */
export function setBusy(kind, is) {
  if (busy.has(kind) === is) return;
  if (is) busy.add(kind);
  else busy.delete(kind);
  for (const listener of listeners) listener();
}

/** Tells whether something of a kind is under way. */
export function isBusy(kind) {
  return busy.has(kind);
}

/** Calls back whenever that changes. */
export function onBusy(listener) {
  listeners.push(listener);
}
