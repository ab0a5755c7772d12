/** The lines of a text that is read as it comes. Ended by a line feed, with or without a carriage return, and by nothing else: a line of JSON may hold every other separator. */
import { StringDecoder } from 'node:string_decoder';
import { withoutMark } from '@lienthong/reference-data';

/** A mark of the byte order before the first line is no part of it; an empty last line is none. */
export async function* linesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let held: string[] = [], first = true;
  const line = (end: string): string => {
    const whole = [...held, end].join('').replace(/\r$/, ''), shown = first ? withoutMark(whole) : whole;
    held = [];
    first = false;
    return shown;
  };
  for await (const piece of input) {
    const parts = (typeof piece === 'string' ? piece : decoder.write(Buffer.from(piece))).split('\n'), begun = parts.pop()!;
    for (const part of parts) yield line(part);
    held.push(begun);
  }
  const last = line(decoder.end());
  if (last !== '') yield last;
}
