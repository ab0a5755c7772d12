import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyDesc, DescMessage } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { commentsOf } from './comments.ts';
import { buf, buildRegistry, inTemporaryDirectory, ownFiles, protos, repository, services, topLevelMessages } from './descriptors.ts';

const registry = buildRegistry();
const committed = join(repository, 'libs', 'contract', 'src', 'gen');

function filesUnder(directory: string): Map<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return new Map(names.sort().map((name) => [name.slice(directory.length + 1), readFileSync(name).toString('base64')]));
}

describe('the committed code', () => {
  test('is what the protos give', () => {
    inTemporaryDirectory((directory) => {
      const out = join(directory, 'gen');
      const run = spawnSync(process.execPath, [join(protos, 'generate.mjs'), '--out', out], { encoding: 'utf8' });
      expect(run.stderr).toBe('');
      const [mine, theirs] = [filesUnder(committed), filesUnder(out)];
      expect([...mine.keys()], 'run `npm run generate`').toEqual([...theirs.keys()]);
      const different = [...theirs].filter(([name, bytes]) => mine.get(name) !== bytes).map(([name]) => name);
      expect(different, 'run `npm run generate`').toEqual([]);
    });
  });
});

describe('the protos', () => {
  test('pass buf lint', () => {
    const { status, stdout, stderr } = buf('lint');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('comment every message, field, oneof, enum, value, service and RPC', () => {
    const all = ownFiles(registry).flatMap(commentsOf);
    expect(all.find((one) => one.name === 'message lienthong.folder.v1.EntryRef')?.comment).toBe('Names one entry of a folder.');
    expect(all.length).toBeGreaterThan(900);
    expect(all.filter((one) => one.comment === '').map((one) => one.name)).toEqual([]);
  });

  test('begin every enum with _UNSPECIFIED = 0', () => {
    const enums = ownFiles(registry).flatMap((file) => everything(file)).filter((desc) => desc.kind === 'enum');
    const wrong = enums.filter((one) => one.values[0]?.number !== 0 || !one.values[0].name.endsWith('_UNSPECIFIED'));
    expect(enums.length).toBeGreaterThan(10);
    expect(wrong.map(String)).toEqual([]);
  });

  test('give every RPC that changes something a request_id', () => {
    const reading = /^(Get|List|Find|Fetch|Count|Watch|Track|Check|Stat)/;
    const changing = services(registry).filter((service) => service.typeName !== 'lienthong.folder.v1.FolderExchange').flatMap((service) => service.methods).filter((method) => !reading.test(method.name));
    const wrong = changing.filter((method) => !firstFieldIsRequestId(method.input)).map(String);
    expect(changing.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  test('use no name that Python, the first client in another language, cannot say', () => {
    const keywords = new Set('and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(' '));
    const fields = ownFiles(registry).flatMap((file) => everything(file)).filter((desc) => desc.kind === 'field');
    expect(fields.filter((field) => keywords.has(field.name)).map(String)).toEqual([]);
  });

  test('have whole numbers of đồng and milliseconds as int64, never as floating point', () => {
    const scalar = ownFiles(registry).flatMap((file) => everything(file)).filter((desc) => desc.kind === 'field' && /(amount|_ms|capital|cod_collected)$/.test(desc.name) && desc.fieldKind === 'scalar');
    expect(scalar.length).toBeGreaterThan(8);
    // What a bank's file says stays text until it is judged: nonsense gets its own reason.
    expect(scalar.filter((desc) => desc.kind === 'field' && desc.proto.type !== 3).map(String)).toEqual(['field lienthong.payments.v1.RecordTransferRequest.amount']);
  });
});

/** A client stream carries it in the header that comes first. */
function firstFieldIsRequestId(message: DescMessage): boolean {
  const [first] = message.fields;
  if (first?.oneof !== undefined && first.message !== undefined) return firstFieldIsRequestId(first.message);
  return first?.name === 'request_id' && first.number === 1;
}

function everything(file: { readonly messages: DescMessage[]; readonly enums: AnyDesc[]; readonly services: AnyDesc[] }): AnyDesc[] {
  const messages = file.messages.flatMap(withNested);
  const enums = [...file.enums, ...messages.flatMap((one) => one.nestedEnums)];
  const values = enums.flatMap((one) => (one.kind === 'enum' ? one.values : []));
  const methods = file.services.flatMap((one) => (one.kind === 'service' ? one.methods : []));
  return [...messages, ...messages.flatMap((one) => [...one.fields, ...one.oneofs]), ...enums, ...values, ...file.services, ...methods];
}

function withNested(message: DescMessage): DescMessage[] {
  return [message, ...message.nestedMessages.filter((one) => one.proto.options?.mapEntry !== true).flatMap(withNested)];
}

describe('compatibility', () => {
  const tag = spawnSync('git', ['describe', '--tags', '--abbrev=0'], { cwd: repository, encoding: 'utf8' });
  const last = tag.status === 0 ? tag.stdout.trim() : '';

  test.skipIf(last === '')(`with the last tag ${last || '[does not apply: no tag yet]'}`, () => {
    const { status, stdout, stderr } = buf('breaking', '--against', `${join(repository, '.git')}#tag=${last},subdir=proto`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.skipIf(last === '')(`golden payloads of the last tag are as they were${last === '' ? ' [does not apply: no tag yet]' : ''}`, () => {
    const changes = spawnSync('git', ['diff', '--name-status', '--diff-filter=a', last, '--', 'libs/contract/golden'], { cwd: repository, encoding: 'utf8' });
    expect({ status: changes.status, changed: changes.stdout }).toEqual({ status: 0, changed: '' });
  });

  test('top-level messages are found', () => {
    expect(topLevelMessages(registry).length).toBeGreaterThan(100);
  });
});
