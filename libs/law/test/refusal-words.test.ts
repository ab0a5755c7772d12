/** What stands in the holes of refusals is read by people: no word of the machine in a Vietnamese text. */
import { expect, test } from 'vitest';
import { legTransitions } from '../src/leg-transitions.ts';
import { legWords } from '../src/refusal-words.ts';
import { messageOf, refuse } from '../src/refusals.ts';

test.each([
  [refuse('CONSIGNMENT_OUT_OF_ORDER', { number: 'ZZ1', state: 'out-for-delivery', command: 'attempt' }), 'Bưu gửi ZZ1 đang ở trạng thái đang đi phát, không ghi được "phát không thành". Ghi theo thứ tự: nhận, thu gom, vận chuyển, phát.', 'Consignment ZZ1 is out-for-delivery; "attempt" is not possible. Record in order: accepted, collected, under way, out for delivery.'],
  [refuse('REGISTER_CONFLICT', { register: 'land', problem: 'x' }), 'Cơ sở dữ liệu đất đai không cho phép: x. Xử lý việc đó trước.', 'The register land does not allow it: x. Resolve that first.'],
  [refuse('REGISTER_CONFLICT', { register: 'cư trú', problem: 'x' }), 'Cơ sở dữ liệu cư trú không cho phép: x. Xử lý việc đó trước.', 'The register cư trú does not allow it: x. Resolve that first.'],
  [refuse('OUT_OF_ORDER', { leg: 'registration', status: 'addressed', command: 'complete' }), 'Bước registration đang ở trạng thái chờ tiếp nhận, không thực hiện được "hoàn thành". Chờ đến lượt, hoặc tải lại tình trạng.', 'Leg registration is addressed; "complete" is not possible. Wait for its turn, or reload its state.'],
  [refuse('BLOCKED', { leg: 'tax-notice', blockedBy: 'supplement, consultation, land-tax' }), 'Bước tax-notice đang chờ: người dân bổ sung hồ sơ, ý kiến cơ quan liên quan, land-tax. Chờ việc đó kết thúc.', 'Leg tax-notice is blocked by: supplement, consultation, land-tax. Wait until it ends.'],
  [refuse('NOT_THIS_ROUND', { leg: 'registration', round: '2', given: '1' }), 'Bước registration đang ở lần xử lý 2, không phải lần 1. Xem lại bằng GetWork điều gì đã thay đổi, rồi quyết định lại.', 'Leg registration is in round 2, not in round 1. See with GetWork what has changed; then decide again.'],
  [refuse('BLOCKED', { leg: 'registration', blockedBy: 'land' }), 'Bước registration đang chờ: cơ sở dữ liệu đất đai. Chờ việc đó kết thúc.', 'Leg registration is blocked by: land. Wait until it ends.'],
  [refuse('OUT_OF_ORDER', { leg: 'check.opinion', status: 'consultation', command: 'stop' }), 'Bước check.opinion đang ở trạng thái chỉ cho ý kiến, không thực hiện được "dừng giải quyết". Chờ đến lượt, hoặc tải lại tình trạng.', 'Leg check.opinion is consultation; "stop" is not possible. Wait for its turn, or reload its state.'],
])('%j', (refusal, vi, en) => {
  expect([messageOf(refusal, 'vi'), messageOf(refusal, 'en')]).toEqual([vi, en]);
});

test('every status of a leg and every command of an officer has a word', () => {
  const statuses = legTransitions.flatMap(({ from }) => [...from]), commands = legTransitions.filter(({ who }) => who === 'officer').map(({ command }) => command);
  expect(statuses.filter((one) => legWords['status']![one] === undefined)).toEqual([]);
  expect(commands.filter((one) => legWords['command']![one] === undefined)).toEqual([]);
});
