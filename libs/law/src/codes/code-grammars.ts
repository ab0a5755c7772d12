/**
 * How agencies and dossiers are numbered, as data with validity. NĐ 309/2026 art. 12 announces unified rules: they will be another row here, and old codes stay readable.
 */
import type { Source, Validity } from '../types.ts';

/** Shape of an agency code: the level-1 unit (a letter and two digits, e.g. `H47`) and groups of digits for the units below it. */
export type AgencyForm = {
  readonly unit: 'first' | 'last';
  /** Fewest and most digits of each group, outermost left. */
  readonly groups: readonly { readonly min: number; readonly max: number }[];
  /** How many groups must be there; the rest may be left out from the right. */
  readonly required: number;
};

/** Shape of a dossier code: agency code, `-YYMMDD-`, daily sequence. Two-digit years are of this century. */
export type CodeGrammar = Validity & {
  readonly id: string; readonly agency: AgencyForm;
  /** Digits of a sequence; `widest` more than `digits` lets it grow when they are used up, else the day is full. */
  readonly sequence: { readonly digits: number; readonly widest: number };
  readonly source: Source;
};

const three = { min: 3, max: 3 }, two = { min: 2, max: 2 }, twoOrThree = { min: 2, max: 3 };

/** In order of preference where an agency code fits several. */
export const codeGrammars: readonly CodeGrammar[] = [
  {
    id: 'qd-20-2020', agency: { unit: 'first', groups: [twoOrThree, twoOrThree, twoOrThree, twoOrThree], required: 1 }, sequence: { digits: 4, widest: 4 },
    validFrom: '2020-09-15', validTo: null,
    source: { act: '20/2020/QĐ-TTg', status: 'to-confirm', note: 'Level-1 unit first, up to five tiers; form seen on dossiers of 2026, day of effect not read.' },
  },
  {
    id: 'tt-01-2018', agency: { unit: 'last', groups: [three, two, two], required: 3 }, sequence: { digits: 4, widest: 4 },
    validFrom: '2019-01-08', validTo: null,
    source: { act: '01/2018/TT-VPCP, Điều 19; QCVN 102:2016/BTTTT', status: 'to-confirm', note: 'Form read; day of effect not read. Left open at the end: agencies that keep a code of this form still number by it.' },
  },
];
