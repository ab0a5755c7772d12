/** How support reaches a person: by the post at the address, or to an account at a bank; and what of a list is handed to the post and to each bank. */
import { spelling, unseenIn } from '@lienthong/law';
import type { Dong } from '@lienthong/law';

export type Account = { readonly bank: string; /** Digits alone. */ readonly number: string; readonly holder: string };
/** What a decision says of it. */
export type PayTo = 'post' | Account;

export const maxBankCharacters = 120;
export const maxHolderCharacters = 300;
const digitsOfAccount = { min: 6, max: 19 } as const;
const accountNumber = new RegExp(`^\\d{${digitsOfAccount.min},${digitsOfAccount.max}}$`);

/** `bound` '': it is missing. Never what was given: a refusal is written where no account may stand. */
export type AccountFault = { readonly fault: keyof Account; readonly bound: string };

/** The account as it is kept, or its first fault. */
export function accountOf(given: Account): Account | AccountFault {
  const account = { bank: given.bank.trim(), number: given.number.replaceAll(/\s/gu, ''), holder: given.holder.trim() };
  const missing = (['bank', 'number', 'holder'] as const).find((name) => account[name] === '');
  if (missing !== undefined) return { fault: missing, bound: '' };
  if (!isBankName(account.bank)) return { fault: 'bank', bound: `1–${maxBankCharacters}` };
  if (!accountNumber.test(account.number)) return { fault: 'number', bound: `${digitsOfAccount.min}–${digitsOfAccount.max} chữ số / digits` };
  return account.holder.length > maxHolderCharacters || unseenIn(account.holder) !== null ? { fault: 'holder', bound: `1–${maxHolderCharacters}` } : account;
}

/** One that can be told from others. */
export const isBankName = (bank: string): boolean => bank.length <= maxBankCharacters && unseenIn(bank) === null && spelling(bank) !== '';

/** Which lines a list shows; absent: all. */
export type WantedWay = { readonly way?: 'post' | 'bank'; readonly bank?: string };

export function goesThere(account: Account | undefined, { way, bank }: WantedWay): boolean {
  if (way === undefined) return true;
  if (way === 'post' || account === undefined) return way === 'post' && account === undefined;
  return bank === undefined || spelling(bank) === spelling(account.bank);
}

export type WayTotal = { readonly way: 'post' | 'bank'; /** '': the post, or all banks together. */ readonly bank: string; readonly amount: Dong; readonly lines: number };

/** The post, then the banks in order of their names, each named as its first line writes it; `banksTold` false: all banks together. */
export function totalsByWay(lines: readonly { readonly account: Account | undefined; readonly amount: Dong }[], banksTold: boolean): readonly WayTotal[] {
  const nameOf = (account: Account | undefined): string => (account === undefined || !banksTold ? '' : spelling(account.bank));
  const groups = [...Map.groupBy(lines, ({ account }) => `${account === undefined ? 0 : 1}${nameOf(account)}`)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([, group]) => {
    const [{ account }] = group as [typeof group[number]];
    return { way: account === undefined ? 'post' : 'bank', bank: banksTold ? account?.bank ?? '' : '', amount: group.reduce((sum, { amount }) => sum + amount, 0), lines: group.length };
  });
}
