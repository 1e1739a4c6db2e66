#ifdef REC_PNG
#include "include/CRecPNG.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

uint32_t rec_png_crc(const uint8_t *bytes, size_t count) { return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, count); }

rec_inflate_status rec_png_inflate(
    const uint8_t *bytes, size_t count, uint8_t *destination, size_t capacity, size_t *written) {
    *written = 0;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (count > UINT_MAX || capacity > UINT_MAX || inflateInit(&stream) != Z_OK) {
        return REC_INFLATE_CORRUPT;
    }
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = destination;
    stream.avail_out = (uInt)capacity;
    int result = inflate(&stream, Z_SYNC_FLUSH);
    *written = capacity - stream.avail_out;
    // Full, with input left: there may be more.
    bool is_full = result != Z_STREAM_END && stream.avail_out == 0 && stream.avail_in > 0;
    inflateEnd(&stream);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
        return REC_INFLATE_CORRUPT;
    }
    return is_full ? REC_INFLATE_TOO_LARGE : REC_INFLATE_OK;
}
#endif
