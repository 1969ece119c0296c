import { WwiseFlowError } from '../../core/errors.ts';
import type { Plan } from '../compiler/plan.ts';
import type { Preview } from './preview.ts';

/**
 * Lets a run begin that keeps to the policies of its workflow. Where they say which objects may be changed, or how many, it is
 * previewed for that. Rejects with POLICY_VIOLATED, or as making the preview does.
 */
export async function keepToPolicies(plan: Plan, preview: (plan: Plan) => Promise<Preview>): Promise<void> {
  const { roots, mostObjects, previewRequired } = plan.policies ?? {};
  if (previewRequired === true)
    throw violated('It is only run by applying a preview.', {
      hint: 'Make a preview (workflow_run with mode "preview"), look at it, and apply it by its previewId.',
      details: { policy: 'previewRequired' },
    });
  if (roots === undefined && mostObjects === undefined) return;
  checkPreviewed(await preview(plan));
}

/** The same for a preview that is there already, before it is applied. */
export function checkPreviewed({ plan, objects }: Preview): void {
  const { roots, mostObjects } = plan.policies ?? {};
  if (mostObjects !== undefined && objects.length > mostObjects)
    throw violated(`It would change ${objects.length} objects, and ${mostObjects} are the most.`, {
      hint: 'Let it do less, or in several runs.',
      details: { policy: 'mostObjects', objects: objects.length, mostObjects },
    });
  const outside =
    roots === undefined ? [] : objects.filter(({ path }) => !roots.some((root) => isBelow(path, root)));
  const [first] = outside;
  if (first === undefined) return;
  throw violated(`It would change "${first.path}", which lies below none of its roots.`, {
    hint: `Change only what lies below ${(roots ?? []).map((root) => `"${root}"`).join(' or ')}.`,
    details: {
      policy: 'roots',
      roots: [...(roots ?? [])],
      objects: outside.slice(0, 10).map(({ path }) => path),
    },
  });
}

function isBelow(path: string, root: string): boolean {
  const plain = root.replace(/[\\/]+$/, '').toLowerCase();
  const own = path.toLowerCase();
  return own === plain || own.startsWith(`${plain}\\`) || own.startsWith(`${plain}/`);
}

function violated(
  why: string,
  { hint, details }: { readonly hint: string; readonly details: NonNullable<WwiseFlowError['details']> },
): WwiseFlowError {
  return new WwiseFlowError('POLICY_VIOLATED', `The policies of the workflow do not allow this run: ${why}`, {
    hint: `${hint} Nothing was changed.`,
    details,
  });
}
