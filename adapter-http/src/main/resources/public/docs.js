// Shows the document of the API, in the colours of the page, with requests that can be tried against this server.
import { contentsOf, partOf, refersTo, valueAt } from './document-part.js';

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

/** The program comes by itself, and the document beside it. */
function program() {
  return new Promise((loaded, missing) => {
    const script = document.createElement('script');
    script.src = place.dataset.program;
    script.addEventListener('error', missing);
    script.addEventListener('load', loaded);
    document.head.append(script);
  });
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The document of the API: ${answer.status}`);
  return answer.json();
}

/**
 * Draws by the table of contents, and resolves what one operation needs by itself: otherwise the whole document is made into what is
 * drawn, and taken apart before anything is drawn, and again for each operation.
 *
 * @param {object} whole the document
 * @returns {object} a plug-in of the program
 */
function byParts(whole) {
  return {
    afterLoad() {
      const { resolveSubtree } = this.fn;
      this.fn.resolveSubtree = async (contents, path, options) => {
        const value = valueAt(whole, path);
        // An operation takes over what stands at its path; whatever else refers to nothing is resolved already.
        if (path[0] === 'components' && !refersTo(value)) return { spec: value, errors: [] };
        return resolveSubtree(partOf(whole, path), path, options);
      };
    },
    statePlugins: {
      spec: {
        // It would be read as YAML, which takes twenty times as long.
        wrapActions: { parseToJson: (asYaml, { specActions }) => (text) => specActions.updateJsonSpec(JSON.parse(text)) },
      },
    },
  };
}

Promise.all([read(place.dataset.document), program()])
  .then(([whole]) => {
    window.SwaggerUIBundle({
      spec: contentsOf(whole),
      domNode: place,
      deepLinking: true,
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      plugins: [byParts(whole)],
      validatorUrl: null,
      // Passwords stay with the browser.
      persistAuthorization: false,
    });
  })
  .catch(failed);
