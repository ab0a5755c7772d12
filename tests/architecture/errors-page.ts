/** docs/errors.md, made from the catalogue of the kernel: every reason that can leave the hub. */
import { errorCatalogue, errorDomain, kernelErrors } from '@lienthong/kernel';
import type { ErrorRow } from '@lienthong/kernel';

export const errorsPageFile = 'docs/errors.md';

const head = `# Lỗi và từ chối / Errors and refusals

<!-- Generated from the catalogue by "npm run generate". Do not edit; a test compares. -->

Every error leaves the hub as a gRPC status with \`ErrorInfo{reason, domain: "${errorDomain}", metadata}\`; the metadata fills the holes \`{…}\`, and \`field\` names the field at fault.
What to do next stands in the last column: **stop** – the same call will fail again; **retry** – the same call, with the same \`request_id\`, may succeed later; **park** – somebody must look first.
`;

/** The page as it should be. */
export function errorsPage(): string {
  const own = new Set(Object.keys(kernelErrors));
  const rows = Object.entries(errorCatalogue);
  const section = (title: string, chosen: readonly (readonly [string, ErrorRow])[]): string => `\n## ${title}\n\n${table(chosen)}`;
  return head
    + section('Từ chối của luật / Refusals of the law', rows.filter(([code]) => !own.has(code)))
    + section('Lỗi của hệ thống / Errors of the system', rows.filter(([code]) => own.has(code)));
}

function table(rows: readonly (readonly [string, ErrorRow])[]): string {
  const cells = (...texts: readonly string[]): string => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return cells('Reason', 'Status', 'What happened', 'Remedy', 'Next') + cells('---', '---', '---', '---', '---')
    + rows.map(([code, { status, next, message, remedy }]) => cells(`\`${code}\``, status, `${message.vi}<br>${message.en}`, `${remedy.vi}<br>${remedy.en}`, next)).join('');
}
