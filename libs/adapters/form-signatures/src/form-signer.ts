/**
 * Signs a form as PAdES B-B (ETSI EN 319 142-1): a detached CMS over the whole file, with the signing certificate among what is signed. Key and certificate stand in a
 * directory as PEM, `key.pem` and `certificate.pem`; where there are none, the first signature makes a P-256 key and a certificate of its own.
 */
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CryptoKeySigner, PDF } from '@libpdf/core';
import { HubError } from '@lienthong/kernel';
import { ownCertificate } from './own-certificate.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const keyFile = 'key.pem', certificateFile = 'certificate.pem';

/** `at`: claimed time of signing, milliseconds. */
export type Signing = { readonly reason: string; readonly location: string; readonly at: number };
export type FormSigner = { sign(pdf: Uint8Array, signing: Signing): Promise<Uint8Array> };

/** `name`: whose certificate it is, where it has to be made. Throws FORM_KEY_UNUSABLE where the files of the directory are no P-256 key with its certificate. */
export function formSigner(directory: string, name: string): FormSigner {
  let opened: Promise<CryptoKeySigner> | undefined;
  return {
    async sign(pdf, { reason, location, at }) {
      opened ??= open(directory, name, at).catch((error: unknown) => { opened = undefined; throw error; });
      const signed = await (await PDF.load(pdf)).sign({ signer: await opened, level: 'B-B', reason, location, signingTime: new Date(at), fieldName: 'one-stop' });
      return signed.bytes;
    },
  };
}

async function open(directory: string, name: string, at: number): Promise<CryptoKeySigner> {
  const found = await read(directory);
  if (found !== undefined) return found;
  await make(directory, name, at);
  return (await read(directory))!;
}

async function read(directory: string): Promise<CryptoKeySigner | undefined> {
  const [key, certificate] = await Promise.all([keyFile, certificateFile].map((file) => readFile(join(directory, file), 'utf8').catch((error: NodeJS.ErrnoException) => { if (error.code !== 'ENOENT') throw error; return undefined; })));
  if (key === undefined && certificate === undefined) return undefined;
  if (key === undefined || certificate === undefined) throw new HubError('FORM_KEY_UNUSABLE', { directory, problem: `thiếu / missing ${key === undefined ? keyFile : certificateFile}` });
  const privateKey = await webcrypto.subtle.importKey('pkcs8', derOf(key), curve, false, ['sign']).catch(() => { throw new HubError('FORM_KEY_UNUSABLE', { directory, problem: `${keyFile}: PKCS #8, P-256` }); });
  if (!isOf(certificate, key)) throw new HubError('FORM_KEY_UNUSABLE', { directory, problem: `${certificateFile}: không của khóa này / not of this key` });
  return new CryptoKeySigner(privateKey as CryptoKey, derOf(certificate), 'EC', 'ECDSA');
}

/** Whether the certificate can be read and is of this key; of one that vouches for itself also whether it is whole. With another one nobody could verify what is signed. */
function isOf(certificate: string, key: string): boolean {
  try {
    const read = new X509Certificate(certificate);
    return read.checkPrivateKey(createPrivateKey(key)) && (read.issuer !== read.subject || read.verify(read.publicKey));
  } catch {
    return false;
  }
}

/** Made beside, in a directory that gets its name when both files are there: two processes make one. */
async function make(directory: string, name: string, at: number): Promise<void> {
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const pair = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
  const beside = await mkdtemp(`${directory}.new-`);
  await writeFile(join(beside, keyFile), pemOf('PRIVATE KEY', new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey))), { mode: 0o600, flush: true });
  await writeFile(join(beside, certificateFile), pemOf('CERTIFICATE', await ownCertificate(name, pair, at)), { flush: true });
  await rename(beside, directory).catch(async (error: NodeJS.ErrnoException) => {
    await rm(beside, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

function pemOf(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** Of the first block. */
function derOf(pem: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(/-----BEGIN [A-Z ]+-----([^-]+)-----END/.exec(pem)?.[1] ?? '', 'base64'));
}
