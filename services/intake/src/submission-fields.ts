/** Fields of a submission by their path in the request: the law knows nothing of requests, and names them as they stand in what it judges. */
import { HubError } from '@lienthong/kernel';

const ofSubmission: ReadonlySet<string> = new Set(['procedure', 'case', 'channel', 'areas', 'documents', 'submitter', 'late_record']);

/** `submission.…` for what stands there; anything else as it is. */
export function pathInRequest(field: string): string {
  const [first = ''] = field.split(/[.[]/);
  if (first === 'return') return `submission.return_to${field.slice(first.length)}`;
  return ofSubmission.has(first) ? `submission.${field}` : field;
}

/** Runs what judges a submission; a refusal names its field by the path at which the caller gave it. */
export async function namingPaths<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof HubError) || pathInRequest(error.field) === error.field) throw error;
    const { field } = error.meta;
    throw new HubError(error.code, field === undefined ? error.meta : { ...error.meta, field: pathInRequest(field) }, { field: pathInRequest(error.field), cause: error });
  }
}
