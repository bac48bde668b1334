// A call of the API, as somebody types it who wants the same without a page.

/** @return {string} a command of several lines that sends a value as JSON */
export function curl(method, path, value) {
  return [
    `curl -sS -X ${method} ${quoted(`${location.origin}${path}`)} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${quoted(JSON.stringify(value, null, 2))}`,
  ].join('\n');
}

/** @return {string} a text as one word of a shell */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Commands name this server as its reader reaches it. */
export function named(root) {
  for (const command of root.querySelectorAll('[data-origin]')) {
    command.textContent = command.textContent.replaceAll('http://HOST:PORT', location.origin);
  }
}
