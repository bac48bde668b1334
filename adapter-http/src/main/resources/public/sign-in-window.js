// The window of a sign-in session: how it stands, what its user has to do, and the way to end it.
import { errorOf, partsOf, statusOf, toneOf } from './sign-in-rules.js';
import { localize } from './times.js';

const at = (id) => document.getElementById(id);

/**
 * @param session what is shown; null closes the window
 * @param {boolean} taken whether an answer was taken already
 * @param {Record<string, string>} texts the words
 */
export function show(session, taken, texts) {
  at('auth-window').hidden = session === null;
  if (session === null) return;
  const parts = partsOf(session, taken);
  const status = statusOf(session);
  const engine = texts[`engine.${session.engine}`] ?? session.engine;
  say('auth-title', texts.title.replace('#', engine));
  say('auth-status', texts[`status.${status}`] ?? status);
  at('auth-status').dataset.status = toneOf(status);
  const error = errorOf(session, texts);
  part('auth-error', 'auth-error', error.words);
  part('auth-detail', 'auth-detail-words', error.detail);
  part('auth-warning', 'auth-warning-words', session.audit?.warning);
  part('auth-screen-part', 'auth-screen', session.terminal ? error.screen : null);
  // Whoever ended it is not told of an error.
  at('auth-error').className = status === 'canceled' ? 'muted' : 'note-error';
  part('auth-hint', 'auth-hint', parts.hint.map((key) => texts[`hint.${key}`]).find(Boolean));
  at('auth-link-part').hidden = parts.link === null;
  if (parts.link === null) at('auth-link').removeAttribute('href');
  else at('auth-link').href = parts.link;
  part('auth-unsafe', 'auth-unsafe-address', parts.unsafe);
  part('auth-code-part', 'auth-user-code', parts.code);
  at('auth-copy').hidden = !parts.copies;
  ask(parts.input, texts);
  at('auth-submit').classList.toggle('button-main', parts.link === null);
  say('auth-engine', engine);
  part('auth-provider-part', 'auth-provider', session.provider_name ?? session.provider_id);
  say('auth-way', `${texts[`transport.${session.transport}`]} · ${texts[`method.${session.auth_method}`]}`);
  if (at('auth-expires').dateTime !== session.expires_at) {
    at('auth-expires').dateTime = session.expires_at;
    localize(at('auth-window'));
  }
  say('auth-log', session.log_root);
  at('auth-cancel-part').hidden = !parts.cancel;
}

/** Leaves a field alone that is asked for already: somebody may be typing. */
function ask(kind, texts) {
  const input = at('auth-input');
  at('auth-form').hidden = kind === null;
  if (kind === null) {
    input.value = '';
    at('auth-input-error').hidden = true;
    return;
  }
  input.type = kind === 'api_key' ? 'password' : 'text';
  say('auth-input-label', texts[`input.${kind}`] ?? kind);
}

function part(box, text, words) {
  at(box).hidden = !words;
  say(text, words ?? '');
}

/** What is said already is not said again, or a reader would hear it each time. */
function say(id, words) {
  if (at(id).textContent !== words) at(id).textContent = words;
}
