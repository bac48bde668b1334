// Plain words for what engines call the events of their output and the members of these. Names that nobody gave words to stay what they
// are, and never stand alone.
const ENDED = 'item.completed';
// What comes in one does not end.
const WHOLE = new Set(['agent_message', 'error', 'reasoning']);
const words = { type: new Map(), member: new Map(), unknown: '' };

/** Reads the words from a template of the page. */
export function readWords(template) {
  words.unknown = template.dataset.unknown;
  for (const word of template.content.querySelectorAll('[data-type]')) words.type.set(word.dataset.type, word.textContent);
  for (const word of template.content.querySelectorAll('[data-member]')) words.member.set(word.dataset.member, word.textContent);
}

/** What an event is, by its types from the outermost to the innermost. */
export function typeWords(types) {
  const told = types.some((type) => WHOLE.has(type)) ? types.filter((type) => type !== ENDED) : types;
  const isKnown = (type) => words.type.has(plain(type));
  const known = told.filter(isKnown);
  const said = known.map((type) => words.type.get(plain(type)));
  // That something ended does not say what it was.
  if (known.every((type) => type.startsWith('item.'))) said.push(words.unknown);
  // The thing before what becomes of it: a command, ended.
  const label = [...new Set(said.reverse())].join(' \u00B7 ');
  const others = told.filter((type) => !isKnown(type));
  return others.length ? `${label} (${others.join(' \u00B7 ')})` : label;
}

/** What a member of an event is. */
export function memberWord(name) {
  return words.member.get(name) ?? name;
}

/** Some engines spell a type in two ways. */
export function plain(type) {
  return type.replaceAll(/[-.]/g, '_');
}
