// Files of a skill or a run: a file that is chosen in the tree is shown beside it, and the address follows.
const preview = document.getElementById('preview');

preview.addEventListener('htmx:beforeSwap', showRefusal);
preview.addEventListener('htmx:afterSwap', (event) => {
  const chosen = event.detail.requestConfig.elt;
  const address = chosen.getAttribute('href');
  // A file may be chosen elsewhere on the page as well.
  for (const link of document.querySelectorAll('.tree a')) {
    if (link.getAttribute('href') === address) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  history.replaceState(null, '', address);
});

// Why a file can't be shown belongs where the file would be.
function showRefusal(event) {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) event.detail.shouldSwap = true;
}
