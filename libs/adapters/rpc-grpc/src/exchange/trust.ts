/** Certificates travel with introductions, so that each process can judge what the services of the others have signed. */

/** What a process knows of who may sign for whom; `DirectoryKeys` is one. */
export type Trust = {
  certificates(): readonly object[];
  /** False: the root has not signed it, or it contradicts one that is known. */
  learn(certificate: unknown): boolean;
};

export const maxCertificates = 1_024;
export const maxCertificateBytes = 64 * 1_024;

export function told(trust: Trust | undefined): Buffer[] {
  return (trust?.certificates() ?? []).slice(-maxCertificates).map((one) => Buffer.from(JSON.stringify(one)));
}

/** What cannot be read or was not signed by the root is passed over. */
export function learned(trust: Trust | undefined, certificates: readonly Uint8Array[]): void {
  if (trust === undefined) return;
  for (const bytes of certificates.slice(0, maxCertificates)) {
    const certificate = bytes.byteLength > maxCertificateBytes ? undefined : parsed(bytes);
    if (certificate !== undefined) trust.learn(certificate);
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
