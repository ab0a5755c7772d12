import { describe, expect, test } from 'vitest';
import { editionOn, formKinds, formNamed, formOf, wordsKey } from '../../src/forms/index.ts';
import type { Form, FormEdition, FormFacts, FormKind } from '../../src/forms/index.ts';
import { at, World } from '../world/world.ts';
import { complete, refusal, returned, withdrawal } from '../world/sayings.ts';
import { changedRules } from '../world/reference-of-tests.ts';
import { textsOf } from './form-texts.ts';

const edition = (form: FormKind, number: string, validFrom: string, validTo: string | null): FormEdition => ({ form, number, title: { vi: form, en: form }, paper: 'A5', landscape: false, validFrom, validTo, source: { act: 'luật thử', status: 'decided' } });
const old = ['receipt', 'supplement', 'refusal', 'apology', 'control-slip', 'tracking-book'] as const;
const editions = [...old.map((form, n) => edition(form, `0${n + 1}`, '2019-01-09', '2025-09-14')), ...formKinds.map((form, n) => edition(form, `0${n + 1}`, '2025-09-15', null))];
const facts: FormFacts = { applicant: { citizen: { fullName: 'Trần Thị Bông', address: '12 Lê Lợi' } }, contact: { phone: '0905000001' }, secret: 's', words: new Map() };

function form(hub: World, kind: FormKind, more: Partial<FormFacts> = {}): Form {
  const intake = hub.service('intake'), made = formOf(kind, intake.dossier, editions, { ...facts, ...more }, hub.context(intake));
  if ('refusal' in made) throw new Error(made.refusal.code);
  return made;
}
const refused = (hub: World, kind: FormKind): string => { const intake = hub.service('intake'), made = formOf(kind, intake.dossier, editions, facts, hub.context(intake)); return 'refusal' in made ? made.refusal.code : 'made'; };

function submitted(procedure: string, start = '2026-03-02T08:00+07'): World {
  const hub = new World(start);
  hub.submit(procedure);
  hub.quiet();
  return hub;
}

describe('the edition of a form', () => {
  test.each<[on: string, kind: FormKind, number: string | undefined]>([
    ['2019-01-08', 'receipt', undefined], ['2019-01-09', 'receipt', '01'], ['2025-09-14', 'control-slip', '05'], ['2025-09-15', 'control-slip', '06'], ['2025-09-14', 'stop', undefined], ['2025-09-15', 'stop', '05'], ['2030-01-01', 'tracking-book', '07'],
  ])('on %s %s is %s', (on, kind, number) => { expect(editionOn(editions, kind, on)?.number).toBe(number); });

  test.each<[on: string, named: string, kind: FormKind | undefined]>([
    ['2025-09-14', '05', 'control-slip'], ['2025-09-15', '05', 'stop'], ['2025-09-14', '07', undefined], ['2025-09-14', 'stop', 'stop'], ['2026-01-01', 'receipt', 'receipt'], ['2026-01-01', '08', undefined], ['2026-01-01', '', undefined],
  ])('on %s "%s" names %s', (on, named, kind) => { expect(formNamed(editions, named, on)).toBe(kind); });

  test('follows the day of receipt, not the day on which it is asked for', () => {
    const hub = submitted('extract', '2025-09-12T08:00+07');
    hub.now = at('2025-09-20T08:00+07');
    expect([form(hub, 'receipt').edition.validTo, refused(hub, 'stop')]).toEqual(['2025-09-14', 'FORM_NOT_IN_EDITION']);
  });
});

describe('what a form says', () => {
  test('receipt: whole and each office, what is owed now and for the result', () => {
    const said = textsOf(form(submitted('land-transfer'), 'receipt'));
    expect(said).toEqual(expect.arrayContaining([
      'Chủ hồ sơ: Trần Thị Bông', 'Địa chỉ: 12 Lê Lợi', 'Thời gian giải quyết theo quy định: 10 ngày làm việc', 'Thời gian nhận hồ sơ: 08:00 02/03/2026', 'Thời gian trả kết quả: 08:00 16/03/2026', '1 | Tờ khai | 1 | 0 | bản giấy',
      '1 | Cơ quan land-branch | check | 3 ngày làm việc | 08:00 05/03/2026', '2 | Cơ quan tax | notice | 3 ngày làm việc | 08:00 10/03/2026', '3 | Cơ quan land-branch | registration | 3 ngày làm việc | 08:00 13/03/2026', 'Lệ phí: 100.000 đồng',
    ]));
    expect(textsOf(form(submitted('permit'), 'receipt'))).toEqual(expect.arrayContaining(['Phí, lệ phí khi trả kết quả', 'Lệ phí cấp phép: 75.000 đồng']));
  });

  test('receipt: under which rules it goes on since the applicant has chosen', () => {
    const hub = submitted('extract');
    hub.reference = changedRules(1);
    expect(hub.asks({ kind: 'adopt-rules', documents: [{ document: 'certificate-paper', origin: { type: 'presented' } }] })).toBeNull();
    expect(textsOf(form(hub, 'receipt'))).toEqual(expect.arrayContaining(['Giấy tờ nộp thêm theo quy định mới', 'Giấy chứng nhận (bản giấy)', 'Thời gian giải quyết theo quy định: 10 ngày làm việc', 'Áp dụng quy định mới từ: 08:00 02/03/2026 (luật thử)', 'Thời gian giải quyết theo quy định mới: 7 ngày làm việc', 'Thời gian trả kết quả tính lại: 08:00 11/03/2026']));
  });

  test('receipt: the number in the book once it is given; nothing of what is not known', () => {
    const hub = submitted('extract');
    expect(textsOf(form(hub, 'receipt', { applicant: {}, contact: {} })).some((one) => /Chủ hồ sơ|Số điện thoại|sổ theo dõi/.test(one))).toBe(false);
    enter(hub);
    expect(textsOf(form(hub, 'receipt'))).toContain('Số thứ tự trong sổ theo dõi: 07/2026');
  });

  test('supplement: what is to be brought, why, on what ground, until when', () => {
    const hub = submitted('extract');
    hub.says('issue', { kind: 'ask-supplement', documents: ['form'], ground: '1/2026/NĐ-CP', held: [] });
    hub.quiet();
    const entry = hub.service('intake').dossier.entries.find((one) => one.kind === 'supplement-asked')!;
    const said = textsOf(form(hub, 'supplement', { words: new Map([[wordsKey(entry), 'thiếu chữ ký']]) }));
    expect(said).toEqual(expect.arrayContaining(['Tờ khai', 'Lý do: thiếu chữ ký', 'Căn cứ: 1/2026/NĐ-CP', 'Nộp bổ sung trước: 08:00 11/03/2026']));
    hub.now = at('2026-03-20T08:00+07');
    hub.quiet();
    expect(textsOf(form(hub, 'stop'))).toEqual(expect.arrayContaining(['Lý do: Quá thời hạn mà hồ sơ không được bổ sung', 'Thời điểm dừng: 08:00 11/03/2026', 'Giấy tờ trả lại', 'Tờ khai']));
  });

  test('refusal and withdrawal', () => {
    const no = submitted('extract');
    no.says('issue', refusal);
    no.quiet();
    expect(textsOf(form(no, 'refusal'))).toEqual(expect.arrayContaining(['Lý do: không đủ điều kiện', 'Căn cứ: 1/2026/NĐ-CP']));
    const back = submitted('extract');
    back.asks(withdrawal);
    back.quiet();
    expect(textsOf(form(back, 'stop'))).toEqual(expect.arrayContaining(['Lý do: Người nộp rút hồ sơ', 'Bên đề nghị dừng: Người nộp rút hồ sơ', 'Lý do: đổi ý']));
  });

  test('stopped by an officer: on the ground that the officer named', () => {
    const hub = submitted('extract');
    hub.says('issue', { kind: 'stop', ground: '7/2026/NĐ-CP, Điều 8' });
    hub.quiet();
    expect(textsOf(form(hub, 'stop')).filter((one) => one.startsWith('Căn cứ') || one.startsWith('Lý do'))).toEqual(['Lý do: Cơ quan giải quyết dừng hồ sơ', 'Căn cứ: 7/2026/NĐ-CP, Điều 8']);
  });

  test('apology: stays as it was issued, whatever comes after', () => {
    const hub = submitted('extract');
    hub.now = at('2026-03-10T08:00+07');
    hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T17:00+07'), reason: 'bão' });
    hub.quiet();
    const issued = form(hub, 'apology');
    expect(textsOf(issued)).toEqual(expect.arrayContaining(['Thời hạn trả kết quả đã hẹn: 08:00 16/03/2026', 'Lý do: bão', 'Hẹn lại thời gian trả kết quả: 17:00 25/03/2026']));
    hub.now = at('2026-03-12T08:00+07');
    hub.says('issue', { kind: 'open-charge', code: 'x', charge: 'fee', amount: 5, refundable: false, ground: '1/2026/NĐ-CP' });
    hub.quiet();
    hub.now = at('2026-03-18T08:00+07');
    expect(form(hub, 'apology')).toEqual(issued);
  });

  test('control slip: each handover with both sides, the outcome of each leg, and the return', () => {
    const hub = submitted('birth');
    hub.now = at('2026-03-06T09:00+07'); hub.says('register', complete('birth-certificate')); hub.quiet();
    hub.now = at('2026-03-09T09:00+07'); hub.says('residence', complete('residence-notice')); hub.says('insurance', complete('insurance-card')); hub.quiet();
    hub.now = at('2026-03-10T09:00+07'); hub.says('support', complete('support-decision')); hub.quiet(); hub.asks(returned); hub.quiet();
    const rows = textsOf(form(hub, 'control-slip')).filter((one) => one.includes('xác nhận')).map((one) => one.replaceAll('\n', ' '));
    expect(rows).toEqual([
      '1 | register | Cơ quan counter-hoi-an – An 08:00 02/03/2026 xác nhận intake~00000000/1 | Cơ quan civil-hoi-an 08:00 02/03/2026 xác nhận general-agency~00000000/1 | Quá hạn | ',
      expect.stringMatching(/^2 \| residence \| Cơ quan civil-hoi-an – Bình 09:00 06\/03\/2026 .* \| Cơ quan police 09:00 06\/03\/2026 .* \| Sớm hạn \| $/),
      expect.stringMatching(/^3 \| insurance \| Cơ quan civil-hoi-an – Bình 09:00 06\/03\/2026 .* \| Cơ quan insurance 09:00 06\/03\/2026 .* \| Sớm hạn \| $/),
      expect.stringMatching(/^4 \| support \| Cơ quan (police|insurance) – Bình 09:00 09\/03\/2026 .* \| Cơ quan social 09:00 09\/03\/2026 .* \| Sớm hạn \| $/),
      expect.stringMatching(/^5 \| Trả kết quả \| Cơ quan social – Bình 09:00 10\/03\/2026 .* \| Cơ quan counter-hoi-an – An 09:00 10\/03\/2026 .* \|  \| $/),
    ]);
  });

  test('control slip: says nothing that only the time of asking would tell', () => {
    const hub = submitted('land-transfer'), before = form(hub, 'control-slip');
    hub.now = at('2026-06-01T08:00+07');
    expect(form(hub, 'control-slip')).toEqual(before);
  });

  test('a form that nothing has called for is refused', () => {
    const hub = submitted('extract');
    expect(formKinds.map((kind) => refused(hub, kind))).toEqual(['made', 'FORM_NOT_ISSUED', 'FORM_NOT_ISSUED', 'FORM_NOT_ISSUED', 'FORM_NOT_ISSUED', 'made', 'FORM_NOT_ISSUED']);
    enter(hub);
    expect(textsOf(form(hub, 'tracking-book'))).toEqual(expect.arrayContaining(['Trích sổ năm: 2026', 'Số thứ tự: 07', '07 | 000.00.01.H47-260302-0001 | extract (extract) | 01 | Trần Thị Bông | 12 Lê Lợi; 0905000001 | Cơ quan civil-hoi-an | 08:00 02/03/2026 | 08:00 16/03/2026 | … | trực tiếp | ']));
  });

  test('a dossier has one line for life', () => {
    const hub = submitted('extract');
    enter(hub);
    hub.write(hub.service('intake'), [{ item: hub.service('intake').dossier.root!.id, kind: 'entered-in-book', body: { office: 'counter-hoi-an', year: '2026', number: 8 } }]);
    expect(hub.service('intake').dossier.root!.book?.number).toBe(7);
  });
});

function enter(hub: World): void {
  const intake = hub.service('intake');
  hub.write(intake, [{ item: intake.dossier.root!.id, kind: 'entered-in-book', body: { office: 'counter-hoi-an', year: '2026', number: 7 } }]);
}
