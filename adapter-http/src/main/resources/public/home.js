// The home page: how much of a package has been sent, and why it was not taken.
const form = document.getElementById('install-form');
const progress = document.getElementById('install-progress');

form.addEventListener('htmx:xhr:loadstart', () => { progress.hidden = false; });
form.addEventListener('htmx:xhr:progress', (event) => {
  if (event.detail.lengthComputable) progress.value = (event.detail.loaded / event.detail.total) * 100;
});
form.addEventListener('htmx:afterRequest', (event) => {
  if (event.target !== form) return;
  progress.hidden = true;
  progress.value = 0;
  if (event.detail.successful) form.reset();
});

document.getElementById('install').addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) event.detail.shouldSwap = true;
});

// The same call as a command takes the same switch.
const adopt = form.elements.namedItem('adopt');
const command = document.getElementById('install-curl');
adopt.addEventListener('change', () => {
  command.textContent = adopt.checked ? command.textContent.replace("' 'http", "' -F 'adopt=true' 'http") : command.textContent.replace(" -F 'adopt=true'", '');
});
