import { createHash } from 'node:crypto';
import { pageStyle } from '../openapi/page-style.ts';

const styleHash = createHash('sha256').update(pageStyle).digest('base64');

/** Of every answer: no browser keeps it, guesses what it is, shows it in a frame, or runs anything of it. */
export const securityHeaders: readonly (readonly [name: string, value: string])[] = [
  ['cache-control', 'no-store'],
  [
    'content-security-policy',
    `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];
