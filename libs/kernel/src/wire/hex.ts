/** Hashes are hex in memory and 32 bytes on the wire. */
const noBytes = new Uint8Array(0);

export function fromHex(hex: string): Uint8Array {
  return hex === '' ? noBytes : Buffer.from(hex, 'hex');
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
