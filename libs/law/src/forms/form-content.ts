/** What one kind of form adds to what all of them say. */
import type { Instant, Text } from '../types.ts';
import type { FormBlock, FormSignature } from './form.ts';

export type FormContent = { readonly issuedAt: Instant; readonly office: Text; readonly blocks: readonly FormBlock[]; readonly signatures: readonly FormSignature[] };
