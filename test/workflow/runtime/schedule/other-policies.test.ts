import { expect, it } from 'vitest';
import { compile } from '../../harness.ts';
import { madeSound } from '../../shelf-runs.ts';

it('a policy may be written as other formats write it', () => {
  const retryConfig = { maxRetries: 2, initialDelay: 5, retryableErrors: ['TIMEOUT', 'RATE_LIMIT'] };
  const [planned] = compile({ nodes: [{ ...madeSound('a'), retryConfig, timeout: '1.5s' }] }).nodes;
  expect(planned).toMatchObject({
    timeoutMs: 1_500,
    retry: { maxRetries: 2, initialDelayMs: 5, codes: ['WAAPI_TIMEOUT', 'TIMEOUT', 'RATE_LIMITED'] },
  });
  expect(compile({ nodes: [{ ...madeSound('a'), timeout: 30 }] }).nodes[0]?.timeoutMs).toBe(30_000);
});
