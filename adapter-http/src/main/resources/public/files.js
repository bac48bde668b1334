// Files of a skill or a run: a file that is chosen in the tree is shown beside it, and the address follows.
const preview = document.getElementById('preview');

preview.addEventListener('htmx:beforeSwap', showRefusal);
preview.addEventListener('htmx:afterSwap', (event) => {
  const chosen = event.detail.requestConfig.elt;
  for (const link of document.querySelectorAll('.tree a[aria-current]')) link.removeAttribute('aria-current');
  chosen.setAttribute('aria-current', 'true');
  history.replaceState(null, '', chosen.getAttribute('href'));
});

// Why a file can't be shown belongs where the file would be.
function showRefusal(event) {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) event.detail.shouldSwap = true;
}
