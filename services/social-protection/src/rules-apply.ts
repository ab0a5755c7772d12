/** What a change makes of a file, or why the beneficiary register does not allow it. */
import { samePlace } from '@lienthong/law';
import type { AreaId, LocalDate, Reference } from '@lienthong/law';
import type { Problem } from '@lienthong/dossier-service';
import { areaOf, isPaidOn, lastListed, rateNow } from './rules-facts.ts';
import type { Beneficiary, Rate, Residence, SocialAction, SocialChange } from './rules-facts.ts';
import { later, monthBefore, monthOf, nextMonth } from './rules-months.ts';
import type { PayTo } from './rules-payment-ways.ts';
import { noStandards, standardOf } from './rules-standards.ts';

type Change<A extends SocialAction['action']> = SocialChange & { readonly action: A };
type Places = Pick<Reference, 'areasNow' | 'support'>;
const no = (problem: string): Problem => ({ problem });

export function nextBeneficiary(change: SocialChange, file: Beneficiary | null, places: Places): Beneficiary | Problem | null {
  if (change.action === 'start') return started(change, file);
  // Stopped by another dossier meanwhile: nothing is paid any more, which is all that is wanted.
  if (change.action === 'stop-on-death' && file !== null && !isPaidOn(file, change.today)) return null;
  if (file === null) return no('không có hồ sơ hưởng của người này trong cơ sở dữ liệu bảo trợ xã hội');
  if (file.state === 'stopped' && change.action !== 'stop-on-death') return no('người này đã thôi hưởng');
  const next = changed(change, file, places);
  return 'problem' in next ? next : { ...next, code: change.code };
}

function changed(change: Exclude<SocialChange, { action: 'start' }>, file: Beneficiary, places: Places): Beneficiary | Problem {
  const isHere = (area: AreaId): boolean => samePlace(places, area, change.area, change.today);
  if (change.action === 'move-in') return isHere(file.movingTo) || file.state !== 'moving' ? movedIn(change, file, places) : no('hồ sơ đang được chuyển đến xã, phường khác');
  if (change.action === 'stop-on-death' && file.state === 'moving' && isHere(file.movingTo)) return stopped(change, file);
  if (!isHere(areaOf(file))) return no('người hưởng không thuộc địa bàn của cơ quan đang giải quyết');
  switch (change.action) {
    case 'adjust': return adjusted(change, file);
    case 'stop': case 'stop-on-death': return stopped(change, file);
    case 'move-out': return movedOut(change, file, places);
  }
}

/** The id of a file that a dossier opens. */
const fileOf = (code: string): string => `BT-${code}`;

function started(change: Change<'start'>, file: Beneficiary | null): Beneficiary | Problem {
  if (change.rate.decisionNumber === '') return no('chưa có số quyết định');
  if (file !== null && file.state !== 'stopped') return no(`người này đang hưởng từ tháng ${file.startMonth} theo quyết định ${rateNow(file).decisionNumber}`);
  const { rate, person, kind, code } = change;
  const paidTo = file === null ? '' : later(file.endMonth, file.listedTo ?? '');
  if (rate.from <= paidTo) return no(`người này đã hưởng đến hết tháng ${paidTo}`);
  const residence: Residence = { area: change.area, startMonth: rate.from, endMonth: '', ...(rate.decidedIn === undefined ? {} : { decidedIn: rate.decidedIn }) };
  return {
    beneficiary: file?.beneficiary ?? fileOf(code), person, kind, state: 'active', startMonth: rate.from, endMonth: '', rates: [...file?.rates ?? [], rate], residences: [...file?.residences ?? [], residence], movingTo: '', code,
  };
}

/** Undefined: where it was paid to before. */
function withWay(rate: Rate, payTo: PayTo | undefined): Rate {
  if (payTo === undefined) return rate;
  const { account: _before, ...plain } = rate;
  return payTo === 'post' ? plain : { ...plain, account: payTo };
}

/** Months that were paid stay as they were paid. */
function adjusted(change: Change<'adjust'>, file: Beneficiary): Beneficiary | Problem {
  const { group, account } = rateNow(file), rate = withWay({ ...change.rate, group: change.rate.group ?? group, ...(account === undefined ? {} : { account }) }, change.payTo);
  if (file.state === 'moving') return no('hồ sơ đang được chuyển; nơi đến điều chỉnh sau khi tiếp nhận');
  if (rate.decisionNumber === '') return no('chưa có số quyết định');
  if (rate.from < rateNow(file).from) return no(`mức hưởng mới phải từ tháng ${rateNow(file).from} trở đi`);
  // Decided late from the very month of the standing decision: by that one the lists since were made, and only what they lacked is owed.
  const stands = (one: Rate): boolean => one.from < rate.from || (one.from === rate.from && rate.decidedIn !== undefined);
  return { ...file, rates: [...file.rates.filter(stands), rate] };
}

/** The month before the first one: nothing of the present grant is paid. Earlier grants stay as they were paid. Who died before that ends it all the same. */
function stopped(change: Change<'stop'> | Change<'stop-on-death'>, file: Beneficiary): Beneficiary | Problem {
  const lastMonth = change.action === 'stop' ? change.lastMonth : later(change.lastMonth, monthBefore(file.startMonth));
  if (nextMonth(lastMonth) < file.startMonth) return no(`tháng cuối không được sớm hơn tháng liền trước tháng bắt đầu hưởng (${file.startMonth})`);
  return { ...file, state: 'stopped', movingTo: '', endMonth: lastMonth, residences: file.state === 'moving' ? endedOnTheWay(change, file, lastMonth) : ended(file.residences, lastMonth), ...listedAfter(lastMonth, file, change.today) };
}

/** What was paid too much is a person's to settle; it is not granted once more. */
function listedAfter(lastMonth: string, file: Beneficiary, today: LocalDate): Pick<Beneficiary, 'listedTo'> {
  const listedTo = lastListed(file, monthOf(today));
  return listedTo > lastMonth ? { listedTo } : {};
}

/** The last commune pays up to a month, and none before it longer. */
export function ended(residences: readonly Residence[], endMonth: string): readonly Residence[] {
  return residences.map((one, n) => (n === residences.length - 1 || one.endMonth > endMonth ? { ...one, endMonth } : one));
}

/** While a file is on its way nobody makes a list with it: what is owed from the last month of the commune that was left to the end is paid with the month in which the end is decided, by the commune that decides it. */
function endedOnTheWay({ area, today }: SocialChange, { residences, startMonth: granted }: Beneficiary, lastMonth: string): readonly Residence[] {
  const startMonth = later(nextMonth(residences.at(-1)!.endMonth), granted), month = monthOf(today);
  if (lastMonth < startMonth) return ended(residences, lastMonth);
  return [...residences, { area, startMonth, endMonth: lastMonth, ...(month > startMonth ? { decidedIn: month } : {}) }];
}

/** NĐ 20/2021/NĐ-CP điều 9: the commune that is left sends the file and pays up to a month; the new one decides and pays from the next. */
function movedOut({ lastMonth, to, today }: Change<'move-out'>, file: Beneficiary, places: Places): Beneficiary | Problem {
  if (file.state === 'moving') return no('hồ sơ đang được chuyển đến xã, phường khác; nơi đó tiếp nhận, hoặc việc chuyển được thu hồi, rồi mới chuyển tiếp');
  if (samePlace(places, areaOf(file), to, today)) return no('nơi chuyển đến là nơi đang chi trả');
  const before = file.residences.at(-2)?.endMonth ?? '';
  const { decidedIn = '' } = file.residences.at(-1)!;
  if (lastMonth < decidedIn) return no(`nơi đang chi trả nhận hồ sơ trong tháng ${decidedIn} và chi trả từ tháng đó; tháng cuối không được sớm hơn`);
  if (lastMonth < before) return no(`nơi ở trước đã chi trả đến hết tháng ${before}; tháng cuối không được sớm hơn`);
  return { ...file, state: 'moving', movingTo: to, residences: ended(file.residences, lastMonth) };
}

function movedIn(change: Change<'move-in'>, file: Beneficiary, { support = noStandards }: Places): Beneficiary | Problem {
  if (file.state !== 'moving') return no('hồ sơ chưa được nơi cũ chuyển đi');
  if (change.decisionNumber === '') return no('chưa có số quyết định');
  const startMonth = later(nextMonth(file.residences.at(-1)!.endMonth), file.startMonth);
  const { decidedIn: _decided, ...now } = rateNow(file);
  const from = later(startMonth, now.from), standard = now.byStandard === true ? standardOf(support, now.group, from, later(from, monthOf(change.today))) : null;
  const rate = withWay({ ...now, from, amount: standard?.amount ?? now.amount, decisionNumber: change.decisionNumber }, change.payTo);
  return {
    ...file, state: 'active', movingTo: '', rates: [...file.rates.filter((one) => one.from < rate.from), rate], residences: [...file.residences, { area: change.area, startMonth, endMonth: '', ...(change.month !== undefined && change.month > startMonth ? { decidedIn: change.month } : {}) }],
  };
}
