/** What the bench sends as bytes is what it would have built as a message. */
import { intake } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { birthRegistration, communes, encodedBirthRegistrations } from '../src/bench/submissions.ts';

test.each([[communes[0], 0], [communes[3], 7], [communes.at(-1)!, 500_000_123]] as const)('counter %s, applicant %i', (commune, n) => {
  const read = intake.SubmitDossierRequest.decode(encodedBirthRegistrations('0a1b2c3dw')(commune, n));
  expect(read).toEqual(birthRegistration(read.requestId, commune, n));
  expect(read.requestId.endsWith(`0a1b2c3dw-${n}`)).toBe(true);
});

test('no two requests of a run share an id', () => {
  const one = encodedBirthRegistrations('run'), ids = new Set(Array.from({ length: 2_000 }, (_, n) => intake.SubmitDossierRequest.decode(one(communes[n % communes.length]!, n)).requestId));
  expect(ids.size).toBe(2_000);
});
