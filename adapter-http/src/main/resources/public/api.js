// Asks the API, and turns its refusals into errors that a person can read.

/** @param {string} away what is said when there is no answer */
export function asker(away) {
  return async (address, request) => {
    let answer;
    try {
      answer = await fetch(address, request);
    } catch {
      throw new Error(away);
    }
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(content.detail ?? away), { code: content.code, inUse: content.in_use, errors: content.errors, status: answer.status });
    return content;
  };
}

/** A request that posts a value as JSON. */
export function json(value, headers = {}) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
