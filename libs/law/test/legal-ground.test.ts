import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadedActs } from './world/acts-of-the-catalogue.ts';
import { groundRefusal, isLegalGround, maxGroundCharacters } from '../src/legal-ground.ts';
import { isOfficerCode } from '../src/officer-code.ts';

test.each([
  ['118/2025/NĐ-CP', true], ['118/2025/NĐ-CP, Điều 8 khoản 2 điểm a', true], ['NĐ 309/2026/NĐ-CP điều 2', true], ['Nghị định số 118/2025/NĐ-CP', true], ['31/2024/QH15; 151/2025/NĐ-CP, Điều 3', true],
  ['45/2016/QĐ-TTg', true], ['381/QĐ-BTC', true], ['1204/TB-CCT', true], ['Luật Đất đai 2024 điều 45', true], ['Luật Quản lý thuế 38/2019/QH14', true], ['1659/NQ-UBTVQH15, Điều 1 khoản 66', true],
  ['2851/QĐ-UBND (Hải Phòng), Điều 1', true], ['QĐ/0001-BTP; 05/2015/TTLT-BTP-BCA-BYT', true], ['2851/QĐ-UBND (Nguyễn Văn An)', false], ['QĐ/Nguyễn-Văn-An', false],
  ['', false], ['luật', false], ['thiếu giấy chứng nhận', false], ['118/2025/NĐ-CP vì ông Nguyễn Văn An vắng mặt', false], ['Nguyễn Văn An', false], ['12/Nguyễn-Văn-An', false], ['049190001234', false], ['Điều 8', false],
  ['Luật Nguyễn Văn An 2024', false], ['118/2025/NĐ-CP, Điều 8 ông An', false], ['118/2025/NĐ-CP;', false], ['118/2025/NĐ-CP\n', false], [`118/2025/NĐ-CP${', Điều 1'.repeat(40)}`, false],
] as const)('"%s" is a ground: %s', (text, is) => {
  expect(isLegalGround(text)).toBe(is);
});

test('every act that the catalogue cites for a leg, a fee or a procedure is a ground', () => {
  expect(loadedActs().filter((act) => !isLegalGround(act))).toEqual([]);
});

test('whatever is a ground is short and holds no run of more than four words that are no act', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
    if (isLegalGround(text)) expect(text.length).toBeLessThanOrEqual(maxGroundCharacters);
    else expect(groundRefusal(text, 'act')).toMatchObject({ code: text === '' ? 'REASON_MISSING' : 'GROUND_INVALID', field: 'act' });
  }));
});

test.each([['cb-04', true], ['an.tran@ubnd', true], ['A1', true], ['', false], ['Trần Thị An', false], ['an tran', false], ['x'.repeat(65), false]] as const)('"%s" is a code of an officer: %s', (text, is) => {
  expect(isOfficerCode(text)).toBe(is);
});
