/** The smallest Excel workbook: one sheet of at most 26 columns, whose cells are text. */
import { crc32 } from 'node:zlib';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function workbook(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows.map((row, n) => `<row r="${n + 1}">${row.map((text, at) => `<c r="${String.fromCharCode(65 + at)}${n + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main', relations = 'http://schemas.openxmlformats.org/package/2006/relationships', office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return stored({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData></worksheet>`,
  });
}

/** A zip archive without compression. */
function stored(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [], directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = Buffer.from(name), content = Buffer.from(text), head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0); head.writeUInt32LE(crc32(content), 10); head.writeUInt32LE(content.length, 14); head.writeUInt32LE(content.length, 18); head.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), head, path, content);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, entryTail(at), path);
    at += 30 + path.length + content.length;
  }
  const listed = Buffer.concat(directory), end = Buffer.alloc(18), count = Object.keys(files).length;
  end.writeUInt16LE(count, 4); end.writeUInt16LE(count, 6); end.writeUInt32LE(listed.length, 8); end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006'), end]);
}

/** Comment, disk, attributes: none; where the file begins. */
function entryTail(at: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(at, 10);
  return tail;
}
