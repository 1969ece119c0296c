import { isJsonObject, type Json } from '../json.ts';
import { withoutSecrets } from './known-secrets.ts';

/** Stands where a credential was. */
const hiddenMark = '(redacted)';

/**
 * The text without the secrets of workflows, and without the credentials that can be known by their form: what stands before the @ of an address, values of
 * members, parameters and variables whose name says secret, and what follows Bearer or Basic. Takes time linear in the length.
 */
export function withoutCredentials(text: string): string {
  const unnamed = withoutSecrets(text);
  if (!mayHold.test(unnamed)) return unnamed;
  return withoutUserInfo(unnamed)
    .replace(quoted, `$1${hiddenMark}`)
    .replace(parameter, `$1${hiddenMark}`)
    .replace(header, `$1 ${hiddenMark}`);
}

/** The same value with every text so, and with the mark in place of members whose name says secret. Copies nothing that is clean. */
export function valueWithoutCredentials<T extends Json | undefined>(value: T): T;
export function valueWithoutCredentials(value: Json | undefined): Json | undefined {
  return cleaned(value, 0);
}

/** An address as it may be shown, however odd it is: without the user and password before its last @. */
export function shownAddress(url: string): string {
  const at = url.lastIndexOf('@');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0] ?? '';
  const path = url.indexOf('/', scheme.length);
  const isOfPath = path >= 0 && at > path && URL.canParse(url) && new URL(url).username === '';
  return withoutCredentials(at < 0 || isOfPath ? url : `${scheme}${hiddenMark}${url.slice(at)}`);
}

/** True for the name of a member, parameter or variable that holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** What is nested deeper than any value that was let in. */
const deepest = 300;

function cleaned(value: Json | undefined, depth: number): Json | undefined {
  if (typeof value === 'string') return withoutCredentials(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '(deeper levels left out)';
  if (!isJsonObject(value)) {
    const items = value.map((item) => cleaned(item, depth + 1) ?? null);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let isClean = true;
  const members = Object.entries(value).map(([name, member]): [string, Json | undefined] => {
    const kept = isSecretName(name) && !isEmpty(member) ? hiddenMark : cleaned(member, depth + 1);
    const shown = withoutSecrets(name);
    isClean &&= kept === member && shown === name;
    return [shown, kept];
  });
  return isClean ? value : Object.fromEntries(members);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || typeof value === 'boolean' || value === '';
}

/** A password may hold what an address may not: everything up to the last @ of the word goes, unless the @ is plainly of a path. */
function withoutUserInfo(text: string): string {
  let result = '';
  let from = 0;
  for (const { 0: word, index } of text.matchAll(words)) {
    const start = word.indexOf(':/');
    const at = word.lastIndexOf('@');
    if (start < 0 || at < start) continue;
    const scheme = word.slice(0, start + (word.startsWith('://', start) ? 3 : 2));
    // A drive letter is no scheme, and file:/// has no user.
    if (!/[a-z][a-z0-9+.-]+:\/\/?$/i.test(scheme.slice(-40)) || /file:\/\/?$/i.test(scheme)) continue;
    const end = userInfoEnd(word.slice(scheme.length));
    if (end < 0) continue;
    result += `${text.slice(from, index)}${scheme}${hiddenMark}`;
    from = index + scheme.length + end;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** Where the @ stands that ends the user and password in what follows `ws://`; -1 when there is none. */
function userInfoEnd(rest: string): number {
  const [authority = ''] = rest.split(/[/?#]/, 1);
  const within = authority.lastIndexOf('@');
  if (within >= 0) return within;
  // `user:pa/ss@host`: what looks like a port is none.
  return /^[^:]*:(?!\d*$)/.test(authority) ? rest.lastIndexOf('@') : -1;
}

const words = /[^\s"'<>]+/g;

const secretWords =
  'token|password|passwd|passphrase|secret|api[-_]?key|access[-_]?key|private[-_]?key|authorization|credential';
const secretName = new RegExp(secretWords, 'i');
/** Bounded, so that no text takes long. */
const secretWord = `(?<![\\w-])[\\w-]{0,40}?(?:${secretWords})[\\w-]{0,40}`;
/** `token=`, `--api-key=`. */
const parameter = new RegExp(`(${secretWord}\\s?=\\s?)[^\\s"'&;#<>\\\\]+`, 'gi');
/** `"password":"`, in JSON within JSON too. */
const quoted = new RegExp(`(${secretWord}\\\\?"\\s?:\\s?\\\\?")[^"\\\\]+`, 'gi');
const header = /\b(bearer|basic) [a-z0-9+/=._~-]{6,}/gi;
const mayHold = new RegExp(`@|\\b(?:bearer|basic) |${secretWords}`, 'i');
