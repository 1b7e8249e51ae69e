import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Bytes as a zstd frame. The same bytes give the same frame and no others do, so frames compare as bytes do.
 * @param {Buffer} bytes
 */
export const pack = (bytes) => zstdCompressSync(bytes, FAST)

/** @param {Buffer} frame from `pack` */
export const unpack = (frame) => zstdDecompressSync(frame)
