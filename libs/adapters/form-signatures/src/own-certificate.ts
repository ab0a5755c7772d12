/** A certificate that names its own key: nobody else vouches for it. An office that has one of an authority puts it in its place. */
import { webcrypto } from 'node:crypto';
import { BitString, Integer, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension } from 'pkijs';

/** Years for which it stands. */
export const certificateYears = 10;
const commonName = '2.5.4.3', basicConstraints = '2.5.29.19', keyUsage = '2.5.29.15';
/** digitalSignature and nonRepudiation, and the bits of the octet that say nothing. */
const signingBits = new Uint8Array([0b1100_0000]), unusedBits = 6;
const serialBytes = 16;

type Pair = { readonly privateKey: webcrypto.CryptoKey; readonly publicKey: webcrypto.CryptoKey };

/** DER. `at`: from when it stands, milliseconds. */
export async function ownCertificate(name: string, { privateKey, publicKey }: Pair, at: number): Promise<Uint8Array<ArrayBuffer>> {
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ valueHex: serial() });
  for (const side of [certificate.issuer, certificate.subject]) side.typesAndValues.push(new AttributeTypeAndValue({ type: commonName, value: new Utf8String({ value: name }) }));
  certificate.notBefore.value = new Date(at);
  certificate.notAfter.value = new Date(at);
  certificate.notAfter.value.setFullYear(certificate.notAfter.value.getFullYear() + certificateYears);
  certificate.extensions = [
    new Extension({ extnID: basicConstraints, critical: true, extnValue: new BasicConstraints({ cA: false }).toSchema().toBER(false) }),
    new Extension({ extnID: keyUsage, critical: true, extnValue: new BitString({ valueHex: signingBits.buffer, unusedBits }).toBER(false) }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(publicKey as CryptoKey);
  await certificate.sign(privateKey as CryptoKey, 'SHA-256');
  return new Uint8Array(certificate.toSchema(true).toBER(false));
}

/** Positive, and never with a zero in front. */
function serial(): ArrayBuffer {
  const bytes = webcrypto.getRandomValues(new Uint8Array(serialBytes));
  bytes[0] = (bytes[0]! & 0x7f) | 1;
  return bytes.buffer;
}
