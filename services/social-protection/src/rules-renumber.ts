/** A decision on support bears another number: what the file shows then. What was paid stays as it was paid. */
import type { Renumbering } from '@lienthong/dossier-service';
import { personKey } from './rules-facts.ts';
import type { Beneficiary, SocialChange } from './rules-facts.ts';

/** Decisions that end or send a file on have no number in the register. */
export const socialRenumbering: Renumbering<Beneficiary, SocialChange> = {
  touches: (change) => (change.action === 'start' || change.action === 'adjust' || change.action === 'move-in' ? [personKey(change.kind, change.number)] : []),
  next: (_change, _key, file, { from, to }) => {
    if (file === null || !file.rates.some((one) => one.decisionNumber === from)) return { problem: `hồ sơ hưởng không còn ghi quyết định số ${from}` };
    return { ...file, rates: file.rates.map((one) => (one.decisionNumber === from ? { ...one, decisionNumber: to } : one)) };
  },
};
