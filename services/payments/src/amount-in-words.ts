/** Amounts as a fee receipt spells them (số tiền bằng chữ), in Vietnamese and English. Pure. */
import { maxAmount } from '@lienthong/law';
import type { Dong, Text } from '@lienthong/law';

/** Spells a whole amount from 0 to 10^13 đồng. Throws a RangeError beyond. */
export function amountInWords(amount: Dong): Text {
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > maxAmount) throw new RangeError(`no amount in đồng: ${amount}`);
  return { vi: `${capital(vietnamese(amount))} đồng`, en: `${capital(english(amount))} Vietnamese dong` };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const thousand = 1_000, million = 1_000_000, billion = 1_000_000_000;

// ---------------------------------------------------------------- Vietnamese

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
/** After "mươi" these digits sound otherwise. */
const afterTens: Readonly<Record<number, string>> = { 1: 'mốt', 4: 'tư', 5: 'lăm' };

/** Nghìn, triệu, tỷ; beyond 999 tỷ the number of tỷ is itself a number of nghìn. */
function vietnamese(amount: number): string {
  if (amount === 0) return digits[0];
  const words: string[] = [];
  const billions = Math.floor(amount / billion);
  if (billions > 0) words.push(vietnamese(billions), 'tỷ');
  for (const [unit, name] of [[million, 'triệu'], [thousand, 'nghìn'], [1, '']] as const) {
    const group = Math.floor((amount % billion) / unit) % thousand;
    if (group === 0) continue;
    words.push(hundreds(group, words.length > 0));
    if (name !== '') words.push(name);
  }
  return words.join(' ');
}

/** Below a larger group all three places are read: "không trăm lẻ năm". */
function hundreds(group: number, below: boolean): string {
  const hundred = Math.floor(group / 100), rest = group % 100;
  if (hundred === 0 && !below) return tens(rest);
  const head = `${digits[hundred]} trăm`;
  if (rest === 0) return head;
  return rest < 10 ? `${head} lẻ ${digits[rest]}` : `${head} ${tens(rest)}`;
}

function tens(rest: number): string {
  const ten = Math.floor(rest / 10), one = rest % 10;
  if (ten === 0) return digits[one]!;
  if (ten === 1) return one === 0 ? 'mười' : `mười ${one === 5 ? 'lăm' : digits[one]}`;
  return one === 0 ? `${digits[ten]} mươi` : `${digits[ten]} mươi ${afterTens[one] ?? digits[one]}`;
}

// ---------------------------------------------------------------- English

const small = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
] as const;
const decades = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;

function english(amount: number): string {
  if (amount < 20) return small[amount]!;
  if (amount < 100) return amount % 10 === 0 ? decades[amount / 10]! : `${decades[Math.floor(amount / 10)]}-${small[amount % 10]}`;
  if (amount < thousand) return grouped(amount, 100, 'hundred');
  for (const [unit, name] of [[billion * thousand, 'trillion'], [billion, 'billion'], [million, 'million']] as const) if (amount >= unit) return grouped(amount, unit, name);
  return grouped(amount, thousand, 'thousand');
}

function grouped(amount: number, unit: number, name: string): string {
  const head = `${english(Math.floor(amount / unit))} ${name}`;
  return amount % unit === 0 ? head : `${head} ${english(amount % unit)}`;
}
