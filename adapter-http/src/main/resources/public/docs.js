// Shows the document of the API, in the colours of the page, with requests that can be tried against this server.
import { partOf } from './document-part.js';

const place = document.getElementById('api-document');
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

function colours() {
  const { theme } = root.dataset;
  root.classList.toggle('dark-mode', theme === 'dark' || (theme === 'system' && system.matches));
}

colours();
system.addEventListener('change', colours);
new MutationObserver(colours).observe(root, { attributes: true, attributeFilter: ['data-theme'] });

// Whatever is in the way of it, a page must not stay empty.
function failed() {
  document.getElementById('api-loading')?.remove();
  document.getElementById('api-failed').hidden = false;
}

/** Resolves what one operation needs: otherwise the whole document is taken apart before anything is drawn, and again for each operation. */
const ByParts = {
  afterLoad() {
    const { resolveSubtree } = this.fn;
    this.fn.resolveSubtree = (whole, path, options) => resolveSubtree(partOf(whole, path), path, options);
  },
};

const program = document.createElement('script');
program.src = place.dataset.program;
program.addEventListener('error', failed);
program.addEventListener('load', () => {
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    plugins: [ByParts],
    validatorUrl: null,
    // Passwords stay with the browser.
    persistAuthorization: false,
  });
});
document.head.append(program);
