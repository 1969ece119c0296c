import { plain } from './words-of.ts';

/** Whether an answer says yes or no, in English or Italian; null where it says neither or both. */
export function consentOf(text: string): boolean | null {
  const said = ` ${plain(text)} `;
  if (said.length > 400) return null;
  if (leavesOpen(text)) return null;
  for (const phrase of surely) if (said.includes(` ${phrase} `)) return true;
  const begins = (phrases: readonly string[]): boolean =>
    phrases.some((phrase) => said.startsWith(` ${phrase} `));
  // "not right", "non va bene": a yes that is denied.
  if (begins(denials) || denied.some((phrase) => said.includes(` ${phrase} `))) return false;
  if (begins(refusals)) return false;
  if (begins(agreements)) return !refusals.some((phrase) => said.trimEnd().endsWith(` ${phrase}`));
  // "I think so, yes": short answers may say it last.
  const words = said.trim().split(' ');
  if (words.length > 6) return null;
  const last = words.at(-1) ?? '';
  if (agreements.includes(last)) return !words.includes('not') && !words.includes('non');
  return refusals.includes(last) ? false : null;
}

/** Whether an answer leaves the question open ("no idea", "fai tu"): it gives nothing, and refuses nothing. */
export function leavesOpen(text: string): boolean {
  const said = ` ${plain(text)} `;
  return said.length <= 400 && open.some((phrase) => said.includes(` ${phrase} `));
}

/** Neither yes nor no, though it begins like one. */
const open = (
  'not sure|i do not know|i don t know|don t know|no idea|not yet|non so|non saprei|non lo so|non sono sicuro|non sono sicura|' +
  'nessuna idea|non ancora|boh|' +
  'dunno|idk|whatever|up to you|you choose|you pick|you decide|your call|i m unsure|unsure|no clue|no preference|beats me|' +
  'fai tu|fate voi|decidi tu|scegli tu|vedi tu|come vuoi|come ti pare|come preferisci|quello che vuoi|non importa|e uguale|mah'
).split('|');

const surely = [
  'no problem',
  'no problems',
  'no objection',
  'no objections',
  'nessun problema',
  'nessuna obiezione',
  'non c e problema',
  'why not',
  'perche no',
];

const agreements = (
  'yes|y|yep|yeah|yup|sure|ok|okay|right|that is right|that s right|correct|that is correct|that s correct|exactly|' +
  'absolutely|definitely|of course|fine|sounds good|looks good|all good|good|great|perfect|confirm|confirmed|agreed|i agree|' +
  'go ahead|do it|please do|indeed|true|affirmative|you got it|it is|i do|' +
  'si|certo|certamente|esatto|esattamente|giusto|e giusto|corretto|e corretto|va bene|tutto bene|tutto giusto|bene|perfetto|' +
  'confermo|confermato|d accordo|sono d accordo|procedi|procediamo|vai|ovvio|ovviamente|naturalmente|come no|vero|assolutamente si|' +
  'certo che si|penso di si|direi di si|ottimo|fallo'
).split('|');

const refusals = (
  'no|n|nope|nah|wrong|that is wrong|that s wrong|incorrect|false|never|negative|not at all|absolutely not|definitely not|' +
  'stop|do not|don t|please don t|i disagree|better not|rather not|i d rather not|no way|no need|' +
  'sbagliato|e sbagliato|errato|scorretto|falso|mai|nient affatto|per niente|assolutamente no|certo che no|penso di no|direi di no|' +
  'niente affatto|affatto|meglio di no|meglio no|anche no|neanche per sogno|non serve|non c e bisogno'
).split('|');

const denials = (
  'not|non|it is not|it s not|that is not|that s not|this is not|not really|not quite|' +
  'i do not|i don t|of course not|sure not|certainly not'
).split('|');

const denied = [
  'is not right',
  'isn t right',
  'not correct',
  'isn t correct',
  'non e giusto',
  'non va bene',
  'non e corretto',
  'non sono d accordo',
];
