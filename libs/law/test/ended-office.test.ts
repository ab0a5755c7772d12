import { expect, test } from 'vitest';
import { endedOffice } from '../src/ended-office.ts';
import { messageOf } from '../src/refusals.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';

const told = (id: string, on: string): string | null => {
  const refusal = endedOffice(referenceOfTests.office(id)!, on, 'office', { reference: referenceOfTests });
  return refusal === null ? null : messageOf(refusal, 'en');
};

test.each([
  ['counter-tra-my-old', '2025-06-30', null], ['counter-tra-my', '2025-07-01', null],
  ['counter-tra-my-old', '2025-07-01', 'Office Cơ quan counter-tra-my-old (counter-tra-my-old) does not exist on 2025-07-01. Use its successor: Cơ quan counter-tra-my (counter-tra-my).'],
  ['counter-hoa-lien', '2025-07-01', 'Office Cơ quan counter-hoa-lien (counter-hoa-lien) does not exist on 2025-07-01. Use its successor: there is none; ListOffices names who is competent on that day.'],
  ['counter-tra-my', '2025-06-30', 'Office Cơ quan counter-tra-my (counter-tra-my) does not exist on 2025-06-30. Use its successor: there is none; ListOffices names who is competent on that day.'],
])('%s on %s: %s', (id, on, words) => {
  expect(told(id, on)).toBe(words);
});

test('where nobody follows, a Vietnamese reader is told so in Vietnamese, and where to look', () => {
  const refusal = endedOffice(referenceOfTests.office('counter-hoa-lien')!, '2025-07-01', 'office', { reference: referenceOfTests });
  expect(messageOf(refusal!, 'vi')).toBe('Cơ quan Cơ quan counter-hoa-lien (counter-hoa-lien) không hoạt động ngày 2025-07-01. Dùng cơ quan kế thừa: không có; tra cơ quan có thẩm quyền ngày đó bằng ListOffices.');
});
