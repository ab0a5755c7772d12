/** A dossier by its code, or by the one that it bore in an earlier system. */
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { FolderId } from '@lienthong/law';

/** Throws FIELD_MISSING where no code is given: that there is no dossier of it would tell nobody what is wrong. */
export function checkCodeGiven(code: string): void {
  if (code.trim() === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'code' }, 'code'));
}

/** The code that was given here goes first: another system may have given the same. Undefined: this service knows neither. */
export async function folderByCode(participant: { find(field: string, value: string, limit: number): Promise<readonly FolderId[]> }, code: string): Promise<FolderId | undefined> {
  if (code === '') return undefined;
  return (await participant.find('code', code, 1))[0] ?? (await participant.find('earlier', code, 1))[0];
}
