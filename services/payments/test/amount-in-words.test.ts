import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountInWords } from '../src/amount-in-words.ts';

describe('số tiền bằng chữ', () => {
  test.each([
    [0, 'Không đồng', 'Zero Vietnamese dong'],
    [1, 'Một đồng', 'One Vietnamese dong'],
    [4, 'Bốn đồng', 'Four Vietnamese dong'],
    [5, 'Năm đồng', 'Five Vietnamese dong'],
    [10, 'Mười đồng', 'Ten Vietnamese dong'],
    [11, 'Mười một đồng', 'Eleven Vietnamese dong'],
    [14, 'Mười bốn đồng', 'Fourteen Vietnamese dong'],
    [15, 'Mười lăm đồng', 'Fifteen Vietnamese dong'],
    [20, 'Hai mươi đồng', 'Twenty Vietnamese dong'],
    [21, 'Hai mươi mốt đồng', 'Twenty-one Vietnamese dong'],
    [24, 'Hai mươi tư đồng', 'Twenty-four Vietnamese dong'],
    [55, 'Năm mươi lăm đồng', 'Fifty-five Vietnamese dong'],
    [100, 'Một trăm đồng', 'One hundred Vietnamese dong'],
    [101, 'Một trăm lẻ một đồng', 'One hundred one Vietnamese dong'],
    [104, 'Một trăm lẻ bốn đồng', 'One hundred four Vietnamese dong'],
    [105, 'Một trăm lẻ năm đồng', 'One hundred five Vietnamese dong'],
    [110, 'Một trăm mười đồng', 'One hundred ten Vietnamese dong'],
    [115, 'Một trăm mười lăm đồng', 'One hundred fifteen Vietnamese dong'],
    [221, 'Hai trăm hai mươi mốt đồng', 'Two hundred twenty-one Vietnamese dong'],
    [1_000, 'Một nghìn đồng', 'One thousand Vietnamese dong'],
    [1_001, 'Một nghìn không trăm lẻ một đồng', 'One thousand one Vietnamese dong'],
    [1_010, 'Một nghìn không trăm mười đồng', 'One thousand ten Vietnamese dong'],
    [1_050, 'Một nghìn không trăm năm mươi đồng', 'One thousand fifty Vietnamese dong'],
    [50_000, 'Năm mươi nghìn đồng', 'Fifty thousand Vietnamese dong'],
    [75_000, 'Bảy mươi lăm nghìn đồng', 'Seventy-five thousand Vietnamese dong'],
    [100_000, 'Một trăm nghìn đồng', 'One hundred thousand Vietnamese dong'],
    [1_000_000, 'Một triệu đồng', 'One million Vietnamese dong'],
    [1_000_005, 'Một triệu không trăm lẻ năm đồng', 'One million five Vietnamese dong'],
    [1_020_000, 'Một triệu không trăm hai mươi nghìn đồng', 'One million twenty thousand Vietnamese dong'],
    [12_345_678, 'Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng', 'Twelve million three hundred forty-five thousand six hundred seventy-eight Vietnamese dong'],
    [1_000_000_000, 'Một tỷ đồng', 'One billion Vietnamese dong'],
    [2_000_500_000, 'Hai tỷ năm trăm nghìn đồng', 'Two billion five hundred thousand Vietnamese dong'],
    [1_000_000_000_000, 'Một nghìn tỷ đồng', 'One trillion Vietnamese dong'],
    [1_005_000_000_001, 'Một nghìn không trăm lẻ năm tỷ không trăm lẻ một đồng', 'One trillion five billion one Vietnamese dong'],
    [9_999_999_999_999, 'Chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng',
      'Nine trillion nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine Vietnamese dong'],
    [10_000_000_000_000, 'Mười nghìn tỷ đồng', 'Ten trillion Vietnamese dong'],
  ])('%d', (amount, vi, en) => expect(amountInWords(amount)).toEqual({ vi, en }));

  test.each([-1, 0.5, 10_000_000_000_001, Number.NaN])('%d is no amount', (amount) => expect(() => amountInWords(amount)).toThrow(RangeError));

  test('read aloud, the words give back the amount', () => {
    const amounts = fc.oneof(fc.integer({ min: 0, max: 10_000_000_000_000 }), fc.integer({ min: 0, max: 2_000_000 }), fc.array(fc.constantFrom('0', '1', '4', '5', '9'), { minLength: 1, maxLength: 13 }).map((digits) => Number(digits.join(''))));
    fc.assert(fc.property(amounts, (amount) => { expect([readVietnamese(amountInWords(amount).vi), readEnglish(amountInWords(amount).en)]).toEqual([amount, amount]); }), { numRuns: 2_000 });
  });
});

// ---------------------------------------------------------------- readers, written from the language and not from the code

const spoken: Readonly<Record<string, number>> = { không: 0, một: 1, mốt: 1, hai: 2, ba: 3, bốn: 4, tư: 4, năm: 5, lăm: 5, sáu: 6, bảy: 7, tám: 8, chín: 9 };

function readVietnamese(text: string): number {
  let total = 0, billions = 0, group = 0, digit = 0;
  for (const word of text.toLowerCase().replace(/ đồng$/, '').split(' ')) {
    if (word in spoken) digit = spoken[word]!;
    else if (word === 'mười') { group += 10; digit = 0; }
    else if (word === 'mươi') { group += digit * 10; digit = 0; }
    else if (word === 'trăm') { group += digit * 100; digit = 0; }
    else if (word === 'nghìn') { total += (group + digit) * 1_000; group = digit = 0; }
    else if (word === 'triệu') { total += (group + digit) * 1_000_000; group = digit = 0; }
    else if (word === 'tỷ') { billions = (total + group + digit) * 1_000_000_000; total = group = digit = 0; }
    else if (word !== 'lẻ') throw new Error(`unread: ${word}`);
  }
  return billions + total + group + digit;
}

const units = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

function readEnglish(text: string): number {
  let total = 0, group = 0;
  for (const word of text.toLowerCase().replace(/ vietnamese dong$/, '').split(/[ -]/)) {
    if (word in scales) { total += group * scales[word]!; group = 0; }
    else if (word === 'hundred') group *= 100;
    else if (units.includes(word)) group += units.indexOf(word);
    else group += (tens.indexOf(word) + 2) * 10;
  }
  return total + group;
}
