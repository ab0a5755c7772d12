/** What records of money and tills are found by. Dates, codes, numbers: nothing of persons. */
import { accountKinds } from './rules-ledger.ts';
import type { Posting } from './rules-ledger.ts';
import { aside, isFinal } from './rules-money.ts';
import type { Arrival, Claim, Money } from './rules-money.ts';
import { keyOf } from './rules-owed.ts';
import { postKeysOf } from './rules-post.ts';
import { differenceOf } from './rules-till.ts';
import type { Till } from './rules-till.ts';
import { referenceIn } from './rules-transfer.ts';

/** Names a charge of a dossier. */
export const chargeKey = ({ dossier, charge }: Pick<Claim, 'dossier' | 'charge'>): string => `${dossier} ${charge}`;

const tillPrefix = `${'till' satisfies keyof typeof accountKinds}:`;
const gatewayPrefix = `${'gateway' satisfies keyof typeof accountKinds}:`;
/** Names a payment at a platform. */
export const transactionKey = ({ source, transaction }: Pick<Arrival, 'source' | 'transaction'>): string => `${source}|${transaction}`;
const daysOf = (postings: readonly Posting[]): readonly string[] => postings.map((one) => one.on);

/** `till`: shifts whose cash it touched. `transaction`: payments at a platform; `refund`: keys of what went back; `post`: what a post office has of a day. Records from before there were these three have none. `line`: references of lines of a statement, whatever the bank is called there. `desk`: set while a person must look. */
export function moneyKeys(money: Money): Readonly<Record<string, readonly string[]>> {
  const claims = [money.claim, ...[...money.held.values()].map((one) => one.claim)].filter((one) => one !== null);
  const tills = money.postings.flatMap(({ lines }) => lines.map((line) => line.account)).filter((one) => one.startsWith(tillPrefix)).map((one) => one.slice(tillPrefix.length));
  const backs = [...money.returning.values()].map(({ back }) => back.out).filter((one) => one.startsWith(tillPrefix)).map((one) => one.slice(tillPrefix.length));
  return {
    day: unique([...daysOf(money.postings), ...[...money.held.values()].flatMap((one) => [one.arrival.day, ...one.filed.keys()]), ...money.unfit.map((one) => one.day), ...money.remittances.map((one) => one.day), ...money.postResolved.map((one) => one.day), ...[...money.refunds.values()].map((one) => one.day)]),
    charge: unique(claims.map(chargeKey)), till: unique([...tills, ...backs]), post: unique(postKeysOf(money)), refund: unique([...[...money.returns.values()].map(({ back }) => keyOf(back)), ...money.refunds.keys()]), line: [...money.held.values()].filter(({ arrival }) => arrival.via === 'statement').map(({ arrival }) => referenceIn(arrival.transaction)), transaction: [...money.held.values()].filter(({ arrival }) => arrival.source.startsWith(gatewayPrefix)).map(({ arrival }) => transactionKey(arrival)),
    ...(aside(money).length > 0 || money.unfit.some((one) => !one.settled) ? { desk: ['1'] } : {}), ...(isFinal(money) ? {} : { pending: ['1'] }),
  };
}

/** `open`: until it is closed and what it differs by is resolved. */
export function tillKeys(till: Till): Readonly<Record<string, readonly string[]>> {
  const { office, day } = till.shift;
  const open = till.state !== 'closed' || (differenceOf(till) !== 0 && till.resolved === null);
  return { day: unique([day, ...daysOf(till.postings)]), office: [office], ...(open ? { open: ['1'] } : {}) };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
