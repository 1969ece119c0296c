import type pg from 'pg';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';

/** The client of PostgreSQL. Rejects with INVALID_INPUT, naming what to install, where it is not there. */
export async function loadPg(): Promise<typeof pg> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError('INVALID_INPUT', 'A database on PostgreSQL needs the package "pg".', {
      hint: 'Install it beside WwiseFlow: npm install pg',
      details: { package: 'pg' },
      cause,
    });
  }
}
