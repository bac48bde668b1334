// Makes form fields of a JSON Schema and reads the values back. What can't be told in fields is typed as JSON.
const DEEPEST = 5;
let made = 0;

/** Fields for the properties of an object; `texts` says everything that a person reads. */
export function objectFields(schema, root, pointer, texts, depth = 0) {
  const described = resolved(schema, root);
  const required = Array.isArray(described.required) ? described.required : [];
  const fields = Object.entries(described.properties ?? {}).map(([name, inner]) => [
    name,
    field(inner, root, `${pointer}/${escaped(name)}`, name, required.includes(name), texts, depth),
  ]);
  const element = make('div', { className: 'form-fields' });
  element.append(...fields.map(([, part]) => part.element));
  return {
    element,
    pointer,
    get() {
      const value = {};
      for (const [name, part] of fields) {
        const given = part.get();
        if (given !== undefined) value[name] = given;
      }
      return value;
    },
    set(value) {
      for (const [name, part] of fields) part.set(value?.[name]);
    },
    check: () => fields.flatMap(([, part]) => part.check()),
    places: () => fields.flatMap(([, part]) => part.places()),
  };
}

/** Shows refusals at the fields they name; returns those that name none. */
export function showErrors(form, errors) {
  const places = form.places();
  places.forEach((place) => place.say(''));
  const left = [];
  for (const error of errors) {
    const at = places
      .filter((place) => error.pointer === place.pointer || error.pointer?.startsWith(`${place.pointer}/`))
      .sort((one, other) => other.pointer.length - one.pointer.length)[0];
    if (at) at.say(error.detail);
    else left.push(error);
  }
  places.find((place) => place.faulty())?.focus();
  return left;
}

function field(schema, root, pointer, name, required, texts, depth) {
  const inner = resolved(schema, root);
  const id = `field-${++made}`;
  const kind = kindOf(inner, root, depth);
  const control = CONTROLS[kind](inner, root, pointer, id, required, texts, depth);
  const error = make('p', { className: 'field-error', id: `${id}-error`, hidden: true });
  const about = [inner.description, limits(inner, texts)].filter(Boolean).join(' · ');
  const group = kind === 'object' || kind === 'list' || kind === 'several';
  const element = make(group ? 'fieldset' : 'div', { className: group ? 'form-group' : 'form-field' });
  const label = make(group ? 'legend' : 'label', group ? {} : { htmlFor: id });
  label.append(make('span', { textContent: typeof inner.title === 'string' ? inner.title : name }));
  if (typeof inner.title === 'string' && inner.title !== name) label.append(' ', make('code', { textContent: name, className: 'muted' }));
  if (required) label.append(' ', make('span', { className: 'required', textContent: '*', title: texts.required }));
  element.append(label, control.element, error);
  if (about) element.append(make('p', { className: 'note', id: `${id}-about`, textContent: about }));
  const main = control.focus;
  main?.setAttribute('aria-describedby', `${id}-error ${id}-about`);
  const place = {
    pointer,
    say(text) {
      error.textContent = text;
      error.hidden = !text;
      if (text) main?.setAttribute('aria-invalid', 'true');
      else main?.removeAttribute('aria-invalid');
    },
    faulty: () => !error.hidden,
    focus: () => main?.focus(),
  };
  const preset = inner.default ?? inner.const;
  if (preset !== undefined) control.set(preset);
  return {
    element,
    get: () => control.get(),
    set: (value) => control.set(value === undefined ? preset : value),
    check() {
      const own = control.check?.() ?? check(inner, control, required, texts);
      return [...(own ? [{ pointer, detail: own }] : []), ...(control.parts?.().flatMap((part) => part.check()) ?? [])];
    },
    places: () => [...(control.parts?.().flatMap((part) => part.places()) ?? []), place],
  };
}

function kindOf(schema, root, depth) {
  if (Array.isArray(schema.enum) || 'const' in schema) return 'choice';
  const types = [schema.type].flat().filter((type) => type && type !== 'null');
  const type = types.length === 1 ? types[0] : !types.length && schema.properties ? 'object' : !types.length && schema.items ? 'array' : '';
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'yesno';
  if (type === 'object' && schema.properties && depth < DEEPEST) return 'object';
  if (type === 'array' && isObject(schema.items) && depth < DEEPEST) {
    return Array.isArray(resolved(schema.items, root).enum) && schema.uniqueItems ? 'several' : 'list';
  }
  return 'json';
}

const CONTROLS = {
  text(schema, root, pointer, id, required) {
    const types = { date: 'date', email: 'email', uri: 'url' };
    const element = types[schema.format]
      ? make('input', { type: types[schema.format] })
      : make('textarea', { rows: 1, spellcheck: false });
    element.id = id;
    return {
      element,
      focus: element,
      get: () => (element.value === '' && !(required && schema.default === '') ? undefined : element.value),
      set: (value) => { element.value = value ?? ''; },
    };
  },

  number(schema, root, pointer, id) {
    const element = make('input', { type: 'text', inputMode: 'decimal', id, autocomplete: 'off' });
    return {
      element,
      focus: element,
      get() {
        const text = element.value.trim();
        return text === '' ? undefined : isExact(text) ? Number(text) : text;
      },
      set: (value) => { element.value = value ?? ''; },
    };
  },

  yesno(schema, root, pointer, id, required, texts) {
    return choice([true, false], [texts.yes, texts.no], id, texts);
  },

  choice(schema, root, pointer, id, required, texts) {
    const values = Array.isArray(schema.enum) ? schema.enum : [schema.const];
    return choice(values, values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))), id, texts);
  },

  several(schema, root, pointer, id) {
    const element = make('div', { className: 'form-checks' });
    const boxes = resolved(schema.items, root).enum.map((value) => {
      const box = make('input', { type: 'checkbox' });
      const label = make('label', { className: 'switch' });
      label.append(box, make('span', { textContent: typeof value === 'string' ? value : JSON.stringify(value) }));
      element.append(label);
      return [box, value];
    });
    return {
      element,
      focus: boxes[0]?.[0],
      get() {
        const chosen = boxes.filter(([box]) => box.checked).map(([, value]) => value);
        return chosen.length ? chosen : undefined;
      },
      set(value) {
        const wanted = (Array.isArray(value) ? value : []).map((one) => JSON.stringify(one));
        boxes.forEach(([box, one]) => { box.checked = wanted.includes(JSON.stringify(one)); });
      },
    };
  },

  list(schema, root, pointer, id, required, texts, depth) {
    const element = make('div', { className: 'form-list' });
    const rows = make('div', { className: 'form-fields' });
    const add = make('button', { type: 'button', className: 'button button-small', textContent: texts.add });
    let parts = [];
    const append = (value) => {
      const index = parts.length;
      const part = field(schema.items, root, `${pointer}/${index}`, `${index + 1}`, true, texts, depth + 1);
      const row = make('div', { className: 'form-row' });
      const remove = make('button', { type: 'button', className: 'button-quiet button-small', textContent: texts.remove });
      remove.addEventListener('click', () => {
        const values = parts.map((one) => one.part.get());
        values.splice(parts.findIndex((one) => one.row === row), 1);
        fill(values);
        element.dispatchEvent(new Event('input', { bubbles: true }));
        add.focus();
      });
      row.append(part.element, remove);
      rows.append(row);
      if (value !== undefined) part.set(value);
      parts.push({ part, row });
    };
    const fill = (values) => {
      rows.replaceChildren();
      parts = [];
      values.forEach(append);
    };
    add.addEventListener('click', () => {
      append();
      rows.lastElementChild.querySelector('input, textarea, select')?.focus();
      element.dispatchEvent(new Event('input', { bubbles: true }));
    });
    element.append(rows, add);
    return {
      element,
      focus: add,
      get() {
        const values = parts.map((one) => one.part.get());
        return values.length || required ? values.map((value) => (value === undefined ? null : value)) : undefined;
      },
      set: (value) => fill(Array.isArray(value) ? value : []),
      parts: () => parts.map((one) => one.part),
    };
  },

  object(schema, root, pointer, id, required, texts, depth) {
    const inside = objectFields(schema, root, pointer, texts, depth + 1);
    return {
      element: inside.element,
      focus: undefined,
      get() {
        const value = inside.get();
        return Object.keys(value).length || required ? value : undefined;
      },
      set: inside.set,
      check: () => '',
      // What is not asked for and not begun needs none of its own.
      parts: () => [{ check: () => (required || Object.keys(inside.get()).length ? inside.check() : []), places: inside.places }],
    };
  },

  json(schema, root, pointer, id, required, texts) {
    const element = make('textarea', { id, rows: 3, spellcheck: false, className: 'form-json', placeholder: 'JSON' });
    const read = () => {
      const text = element.value.trim();
      if (!text) return { value: undefined };
      try {
        return { value: JSON.parse(text) };
      } catch (error) {
        return { fault: `${texts.json} ${error.message}` };
      }
    };
    return {
      element,
      focus: element,
      get: () => read().value,
      set: (value) => { element.value = value === undefined ? '' : JSON.stringify(value, null, 2); },
      check: () => read().fault ?? (required && !element.value.trim() ? texts.required : ''),
    };
  },
};

function choice(values, labels, id, texts) {
  const element = make('select', { id });
  element.append(make('option', { value: '', textContent: texts.none }));
  labels.forEach((label, index) => element.append(make('option', { value: String(index), textContent: label })));
  return {
    element,
    focus: element,
    get: () => (element.value === '' ? undefined : values[Number(element.value)]),
    set(value) {
      const index = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(value));
      element.value = index < 0 ? '' : String(index);
    },
  };
}

/** What the server would refuse, as far as that can be told at once; the rest it is asked. */
function check(schema, control, required, texts) {
  const value = control.get();
  if (value === undefined) return required ? texts.required : '';
  if (typeof value === 'string' && [schema.type].flat().some((type) => type === 'number' || type === 'integer')) {
    return Number.isNaN(Number(value)) ? texts.number : texts.exact;
  }
  if (typeof value === 'number') {
    if ([schema.type].flat().includes('integer') && !Number.isInteger(value)) return texts.integer;
    if (value < schema.minimum || value > schema.maximum || value <= schema.exclusiveMinimum || value >= schema.exclusiveMaximum) return limits(schema, texts);
  }
  if (typeof value === 'string') {
    const length = [...value].length;
    if (length < schema.minLength || length > schema.maxLength) return limits(schema, texts);
    if (typeof schema.pattern === 'string' && !fits(value, schema.pattern)) return limits(schema, texts);
  }
  if (Array.isArray(value) && (value.length < schema.minItems || value.length > schema.maxItems)) return limits(schema, texts);
  return '';
}

/** Whether a text is a number that a browser can hold as it stands: it would round an integer of many digits in silence. */
function isExact(text) {
  const number = Number(text);
  return Number.isFinite(number) && (Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(text));
}

/** Whether a text fits a pattern, as far as that is told at once; the server, which has a budget for patterns, judges the rest. */
function fits(value, pattern) {
  if (!isQuick(value, pattern)) return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

/** Whether a browser, which stops for nothing, is soon done with a pattern: what is repeated holds nothing that is repeated or chosen. */
function isQuick(value, pattern) {
  const bare = pattern.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  const count = (what) => bare.match(what)?.length ?? 0;
  return value.length <= 200 && !/\)[*+{]/.test(bare) && count(/[*+]|\{\d+,/g) <= 3 && count(/[?|]/g) <= 10;
}

function limits(schema, texts) {
  return Object.entries(texts.limits)
    .filter(([name]) => schema[name] !== undefined)
    .map(([name, { one, other }]) => (schema[name] === 1 && one ? one : other).replace('#', () => schema[name]))
    .join(' · ');
}

function resolved(schema, root) {
  let found = schema;
  for (let steps = 0; isObject(found) && typeof found.$ref === 'string' && found.$ref.startsWith('#') && steps < 20; steps++) {
    found = found.$ref.slice(1).split('/').filter(Boolean)
      .reduce((at, part) => at?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')], root);
  }
  return isObject(found) ? found : {};
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name) {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
