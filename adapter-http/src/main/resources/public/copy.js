// Copies a text, also where a browser does not trust the address of the server.

/** @param {string | Promise<string>} text a text, or one that is still asked for */
export async function copy(text) {
  if (navigator.clipboard) {
    // The text may come later than the browser would wait for after the press of a button.
    const blob = Promise.resolve(text).then((words) => new Blob([words], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return;
  }
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = await text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
