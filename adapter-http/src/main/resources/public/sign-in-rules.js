// What a page may show of a sign-in session, and in which words.
const WEB = ['http:', 'https:'];
const TONES = {
  starting: 'running',
  waiting_orchestrator: 'running',
  code_submitted_waiting_result: 'running',
  expired: 'failed',
  canceled: 'idle',
};

/** What repeats the words of a provider or a CLI, which nobody can translate. */
const IN_FOREIGN_WORDS = ['PROVIDER_REFUSED', 'CODE_NOT_REDEEMED', 'CLI_NOT_STARTED', 'CLI_ENDED', 'CREDENTIALS_NOT_WRITTEN',
  'CREDENTIALS_UNCHANGED', 'BACKUP_FAILED', 'SCREEN_NOT_UNDERSTOOD'];

export function isAlive(session) {
  return session !== null && !session.terminal;
}

/** @param {boolean} taken whether an answer of its user was taken already, so that another would only disturb */
export function partsOf(session, taken) {
  const asks = session.status === 'waiting_user' && !taken;
  const address = asks ? session.auth_url : null;
  return {
    input: asks ? session.input_kind : null,
    link: address && isWeb(address) ? address : null,
    unsafe: address && !isWeb(address) ? address : null,
    code: session.terminal ? null : session.user_code,
    copies: Boolean(session.user_code) && copiesCode(session),
    hint: asks ? hintOf(session) : [],
    cancel: !session.terminal,
  };
}

/** What went wrong: in the words of the page where it has some, and what else was said about it. */
export function errorOf({ error, error_code: code, audit }, texts) {
  const words = texts[`error.${code}`];
  return {
    words: words ?? error,
    detail: words && IN_FOREIGN_WORDS.includes(code) ? error : null,
    screen: audit?.screen || null,
  };
}

/** Why the server refused something, in the words of the page where it has some. */
export function refusalOf(refusal, texts) {
  const { inUse } = refusal;
  const busy = inUse && texts[`busy.${inUse.purpose}`];
  if (busy) return busy.replace('#', texts[`engine.${inUse.engine}`] ?? inUse.engine);
  return texts[`problem.${refusal.code}`] ?? refusal.message;
}

/** The server works by itself only where it drives a CLI. */
export function statusOf(session) {
  const { status, transport } = session;
  return status === 'waiting_orchestrator' && transport !== 'cli_delegate' ? 'starting' : status;
}

export function toneOf(status) {
  return TONES[status] ?? status;
}

/** The session goes back to its user after an answer was taken: that answer was no good. */
export function asksAgain(before, after) {
  return before.status === 'code_submitted_waiting_result' && after.status === 'waiting_user';
}

function isWeb(address) {
  try {
    return WEB.includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function copiesCode({ engine, provider_id: provider, auth_method: method }) {
  return method === 'auth_code_or_url' && (engine === 'codex' || (engine === 'opencode' && provider === 'openai'));
}

/** Keys of words, the closest first. */
function hintOf({ engine, provider_id: provider, auth_method: method, user_code: code, input_kind: kind }) {
  if (code) return ['user_code'];
  if (!kind) return ['nothing'];
  return [`${method}.${engine}.${provider}`, `${method}.${engine}`, method];
}
