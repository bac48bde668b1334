// Turns output into rows of one height. Whatever a program wrote is shown as text: control and direction characters become
// visible signs, long lines are folded.
import { memberWord, plain, typeWords } from './event-words.js';

/** So many characters stand in a row. */
export const FOLD = 400;
/** What is longer is never read as an event. */
export const LONGEST_EVENT = 200_000;
const SHORT_VALUE = 60;

/** Members of events that tell a person nothing; with "readable" off they are there. */
const UNREAD = new Set(['callID', 'delta', 'id', 'item_id', 'messageID', 'sessionID', 'time', 'timestamp', 'tool_id']);

/** Makes characters visible that would do something instead of showing. */
export function visible(text) {
  return text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B-\u001F]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/\u007F/g, '\u2421')
    .replace(/[\u0080-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
      (c) => `\u27E8U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27E9`);
}

/** Rows of one line of output. */
export function rows(line, readable) {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const event = readable ? parsed(text) : null;
  return event ? eventRows(event) : folded(visible(text), 'plain');
}

function folded(text, kind) {
  if (text.length <= FOLD) return [{ kind, text }];
  const parts = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + FOLD);
    // A character of two halves is not cut in two.
    if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1])) to -= 1;
    parts.push({ kind, text: text.slice(from, to) });
    from = to;
  }
  return parts;
}

function parsed(text) {
  if (!text.startsWith('{') || text.length > LONGEST_EVENT) return null;
  try {
    const value = JSON.parse(text);
    // What says no type is no event but an answer, and is shown as it is.
    return value && typeof value.type === 'string' ? value : null;
  } catch {
    return null;
  }
}

/**
 * An event that is a JSON object: what it is and its short values on one row, each long text on rows of its own. A piece of a
 * message that comes in pieces is its text alone.
 */
function eventRows(event) {
  if (event.delta === true && typeof event.content === 'string') return textRows('', event.content);
  const types = [];
  const short = [];
  const long = [];
  collect(event, '', types, short, long);
  const head = [typeWords(types), ...short].join('   ');
  const result = folded(visible(head), 'event');
  for (const [name, text] of long) result.push(...textRows(name && `${name}: `, text));
  return result;
}

function textRows(lead, text) {
  return text.replace(/\n$/, '').split('\n')
    .flatMap((part, index) => folded(`  ${index === 0 ? lead : ''}${visible(part)}`, 'detail'));
}

/** Some engines say the type of an event twice, in two spellings. */
function addType(types, type) {
  if (!types.some((known) => plain(known).startsWith(plain(type)))) types.push(type);
}

/** What became of a file; with more than that it is shown member by member. */
function isChange(value) {
  return typeof value === 'object' && typeof value.path === 'string' && typeof value.kind === 'string' && Object.keys(value).length === 2;
}

/** A step of a plan. */
function isStep(value) {
  return typeof value === 'object' && typeof value.text === 'string' && typeof value.completed === 'boolean';
}

function collect(value, name, types, short, long) {
  for (const [key, member] of Object.entries(value)) {
    if (member === null || member === '' || (UNREAD.has(key) && !Array.isArray(value))) continue;
    if (isStep(member)) {
      long.push(['', `${member.completed ? '\u2611' : '\u2610'} ${member.text}`]);
    } else if (isChange(member)) {
      long.push(['', `${member.kind} ${member.path}`]);
    } else if (typeof member === 'object') {
      collect(member, key, types, short, long);
    } else if (key === 'type') {
      addType(types, String(member));
    } else {
      const text = String(member);
      const label = Array.isArray(value) ? `${memberWord(name)}[${key}]` : memberWord(key);
      if (text.length > SHORT_VALUE || text.includes('\n') || key === 'text' || key === 'message') {
        if (!long.some(([, known]) => known === text)) long.push([label, text]);
      }
      else short.push(`${label}: ${text}`);
    }
  }
}
