/** zstd for the client library, from Node itself. The topics keep everything in it, so no other codec is ever met. */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { unpackingLimits } from './limits.ts';
import { standInRecords } from './stand-in-records.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const { maxUnpackedBytes } = unpackingLimits;

type Codec = { compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>; decompress(bytes: Buffer): Promise<Buffer> };

/** The quickest level: entries are small and alike, more effort packs them hardly better. */
const level = { [constants.ZSTD_c_compressionLevel]: 1 };

const codec: Codec = {
  compress: ({ buffer }) => compress(buffer, { params: level }),
  decompress: (bytes) => decompress(bytes, { maxOutputLength: maxUnpackedBytes }).catch((cause: unknown) => {
    if ((cause as { readonly code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') throw cause;
    // It would end the consumer, and the next one at the same place.
    return standInRecords(`a batch that unpacks to more than ${maxUnpackedBytes} bytes`);
  }),
};

export function registerZstd(): void {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => codec;
}
