/** What one server lets its clients take. Times are in milliseconds. */
export interface ServerLimits {
  /** Connections at once, streams of events included. */
  readonly connections: number;
  readonly headerBytes: number;
  readonly headerCount: number;
  /** From the first byte of a request, or the beginning of a connection, to the end of its head. */
  readonly headersMs: number;
  /** To the end of its body. */
  readonly requestMs: number;
  /** How long a connection without a request is kept. */
  readonly idleMs: number;
  /** Who has not read on in its answer for so long may have to make room for another connection. */
  readonly stallMs: number;
  /** What is still under way so long after the end was asked for is cut off. */
  readonly endMs: number;
}

export const usualLimits: ServerLimits = {
  connections: 2_048,
  headerBytes: 16 * 1024,
  headerCount: 100,
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 5_000,
  stallMs: 2_000,
  endMs: 1_200,
};
