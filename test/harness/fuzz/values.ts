/** Random numbers between 0 and 1, the same for the same seed everywhere: Mulberry32. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Any JSON value, at most so deep. */
export function value(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth === 0 ? 6 : 8));
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return pick([0, -1, 1, 2 ** 31, 2 ** 53, 1e308, 48, 32, 34, 8, 50], random);
  if (kind <= 5) return pick(words, random);
  const items = Array.from({ length: Math.floor(random() * 5) }, () => value(random, depth - 1));
  if (kind === 6) return items;
  return Object.fromEntries(items.map((item) => [pick(words, random), item]));
}

/** The same value with one to three members dropped, doubled or made something else. */
export function varied(json: unknown, random: () => number): unknown {
  let result = json;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) result = variedOnce(result, random);
  return result;
}

function variedOnce(json: unknown, random: () => number): unknown {
  if (Array.isArray(json) && json.length > 0 && random() < 0.8) {
    const at = Math.floor(random() * json.length);
    const kind = random();
    if (kind < 0.15) return json.toSpliced(at, 1);
    if (kind < 0.25) return [...json, json[at]];
    return json.with(at, variedOnce(json[at], random));
  }
  if (typeof json === 'object' && json !== null && Object.keys(json).length > 0 && random() < 0.85) {
    const entries = Object.entries(json);
    const at = Math.floor(random() * entries.length);
    const [name = '', member] = entries[at] ?? [];
    const kind = random();
    if (kind < 0.12) return Object.fromEntries(entries.toSpliced(at, 1));
    if (kind < 0.24) return { ...json, [pick(words, random)]: value(random, 1) };
    return { ...json, [name]: variedOnce(member, random) };
  }
  if (typeof json === 'string' && random() < 0.6) return mutated(json, random);
  return value(random, 2);
}

/** One to four cuts, doublings or foreign characters. */
export function mutated(text: string, random: () => number): string {
  return mangled(text, random, [
    (head, _middle, tail) => head + character(random) + tail,
    (head, _middle, tail) => head + JSON.stringify(value(random, 2)) + tail,
  ]);
}

type Mangle = (head: string, middle: string, tail: string) => string;

/** One to four times a piece of up to seven characters is cut out, doubled, or treated in one of two other ways. */
export function mangled(text: string, random: () => number, others: readonly [Mangle, Mangle]): string {
  const ways: readonly Mangle[] = [
    (head, _middle, tail) => head + tail,
    (head, middle, tail) => head + middle + middle + tail,
    ...others,
  ];
  let changed = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * (changed.length + 1));
    const end = at + Math.floor(random() * 8);
    const way = ways[Math.floor(random() * ways.length)];
    changed = way?.(changed.slice(0, at), changed.slice(at, end), changed.slice(end)) ?? changed;
  }
  return changed;
}

export function character(random: () => number): string {
  return String.fromCharCode(Math.floor(random() * 256));
}

const words = [
  ...['ak.wwise.core.object.get', 'ak.wwise.core.ping', 'ak.wwise.core.object.set', 'uri', 'args', 'waql'],
  ...['return', '__proto__', 'constructor', 'toString', '', '\u0000', 'é', '\ud800', '\\Containers', '{'],
  'x'.repeat(3000),
];
