import { stepsBetweenLooks } from '../../../core/turns/turns.ts';
import type { WwiseObject } from '../../model/model.ts';

/**
 * What a query finds, one after the other. Between the objects stand marks (null): also a query that drops nearly all it looks
 * at hands on something every few dozen steps, so that whoever walks it can give the thread to others.
 */
export type Flow = Iterable<WwiseObject | null>;

/** With a mark every few dozen objects. */
export function* marked(objects: Flow): Generator<WwiseObject | null> {
  let steps = 0;
  for (const object of objects) {
    if (++steps % stepsBetweenLooks === 0) yield null;
    yield object;
  }
}

/** The objects alone, for whoever keeps the thread. */
export function* objectsOf(flow: Flow): Generator<WwiseObject> {
  for (const object of flow) if (object !== null) yield object;
}
