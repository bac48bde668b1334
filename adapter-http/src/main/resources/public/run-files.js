// The files of a run: where they are chosen, and how they are sent.
import { storedZip } from './stored-zip.js';

/**
 * Fields for the files that a skill's input schema asks for; the page has the template of one as #file-field.
 */
export function fileFields(schema, texts) {
  const element = document.createElement('div');
  element.className = 'form-fields';
  const fields = [];
  const add = (key, described, required) => {
    const one = fileField(key ?? 'any', key, described, required);
    element.append(one.element);
    fields.push(one);
    return one;
  };
  const required = Array.isArray(schema?.required) ? schema.required : [];
  for (const [name, described] of Object.entries(schema?.properties ?? {})) {
    if (described?.['x-input-source'] !== 'inline') add(name, described, required.includes(name));
  }
  // A skill may take files of any name; each comes under its own.
  if (schema?.additionalProperties?.['x-input-source'] === 'file') {
    add(undefined, { title: texts.textOtherFiles }, false).chooser.multiple = true;
  }
  return {
    element,
    names: fields.map((one) => one.key ?? '*'),
    required: fields.some((one) => one.required),
    chosen: () => fields.flatMap((one) => [...one.chooser.files].map((file) => ({ name: one.key ?? file.name, file }))),
    check: () => fields.filter((one) => one.required && !one.chooser.files.length).map((one) => ({ pointer: one.place.pointer, detail: texts.textRequired })),
    places: () => fields.map((one) => one.place),
  };
}

function fileField(id, key, schema, required) {
  const element = document.getElementById('file-field').content.firstElementChild.cloneNode(true);
  const chooser = element.querySelector('input');
  const error = element.querySelector('.field-error');
  const about = element.querySelector('.note');
  chooser.id = `file-${id}`;
  error.id = `file-${id}-error`;
  about.id = `file-${id}-about`;
  chooser.setAttribute('aria-describedby', `${error.id} ${about.id}`);
  element.querySelector('label').htmlFor = chooser.id;
  element.querySelector('[data-name]').textContent = typeof schema?.title === 'string' ? schema.title : key;
  const code = element.querySelector('code');
  code.textContent = key ?? '';
  code.hidden = !key || typeof schema?.title !== 'string' || schema.title === key;
  element.querySelector('.required').hidden = !required;
  about.textContent = schema?.description ?? '';
  about.hidden = !about.textContent;
  const ends = schema?.extensions ?? schema?.['x-extensions'];
  if (Array.isArray(ends)) chooser.accept = ends.map((one) => (String(one).startsWith('.') ? one : `.${one}`)).join(',');
  return {
    element,
    key,
    chooser,
    required,
    place: {
      pointer: `/files/${key ?? '*'}`,
      say(text) {
        error.textContent = text;
        error.hidden = !text;
        if (text) chooser.setAttribute('aria-invalid', 'true');
        else chooser.removeAttribute('aria-invalid');
      },
      faulty: () => !error.hidden,
      focus: () => chooser.focus(),
    },
  };
}

/** Sends files to a request that waits for them, and shows in #progress how far it is. `say` tells what is being done. */
export async function sendFiles(request, chosen, texts, say) {
  say(texts.textPacking, 'muted working');
  const data = new FormData();
  data.append('file', await storedZip(chosen), 'input.zip');
  const progress = document.getElementById('progress');
  progress.hidden = false;
  say(texts.textSending, 'muted working');
  try {
    await new Promise((resolve, reject) => {
      const sending = new XMLHttpRequest();
      sending.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) progress.value = (event.loaded / event.total) * 100;
      });
      sending.addEventListener('load', () => (sending.status < 300 ? resolve() : reject(new Error(detail(sending.responseText, texts)))));
      sending.addEventListener('error', () => reject(new Error(texts.textAway)));
      sending.open('POST', `/v1/jobs/${encodeURIComponent(request)}/upload`);
      sending.send(data);
    });
  } finally {
    progress.hidden = true;
    progress.value = 0;
  }
}

function detail(text, texts) {
  try {
    return JSON.parse(text).detail ?? texts.textAway;
  } catch {
    return texts.textAway;
  }
}
