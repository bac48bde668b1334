// What the end of a terminal's connection means.

const MEANINGS = new Map([
  [1000, 'ended'],
  [1008, 'refused'],
  [1009, 'refused'],
  [4001, 'replaced'],
  [4002, 'in use'],
]);

/** @returns {string} what it means; 'lost' if nobody said */
export function closing(code) {
  return MEANINGS.get(code) ?? 'lost';
}
