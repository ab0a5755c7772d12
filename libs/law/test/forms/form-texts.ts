/** A form as the Vietnamese reader sees it, one string a block: labels, values, cells. */
import type { Form, FormBlock } from '../../src/forms/index.ts';

export function textsOf({ blocks }: Pick<Form, 'blocks'>): string[] {
  return blocks.flatMap(blockTexts);
}

function blockTexts(block: FormBlock): string[] {
  switch (block.type) {
    case 'line': return [`${block.label.vi}: ${block.value.vi}`];
    case 'list': return [block.label.vi, ...block.rows.map((one) => one.vi)];
    case 'words': return [block.text.vi];
    case 'table': return block.rows.map((row) => row.map((cell) => cell.vi).join(' | '));
  }
}
