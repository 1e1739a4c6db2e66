#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A thin face over libpng and zlib; empty unless the package trait PNG is enabled. It exists because libpng reports
// errors by longjmp, which must not cross Swift frames, and prints by default. Nothing here prints, exits or keeps
// global state; every call returns a status.
//
// libpng gets a stream of IHDR, PLTE and IDAT only: no other chunk of the file reaches it.

/// The result of a call.
typedef enum {
    REC_PNG_OK = 0,
    /// The data ends before the picture does.
    REC_PNG_TRUNCATED,
    /// The data contradicts the format.
    REC_PNG_CORRUPT,
    REC_PNG_OUT_OF_MEMORY,
} rec_png_status;

/// The fields of IHDR, and how samples become pixels.
typedef struct {
    uint32_t width;
    uint32_t height;
    /// 1, 2, 4, 8 or 16.
    uint8_t bit_depth;
    /// As in IHDR: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA.
    uint8_t color_type;
    bool is_interlaced;
    /// Whether pixels of colour type 2 with the colour `key` are transparent.
    bool has_key;
    uint8_t key[3];
    /// Whether rows are RGBA instead of RGB.
    bool has_alpha;
    /// For colour types 0 and 3, red, green, blue and alpha of each sample; gray of 16 bits is clipped to 255.
    uint8_t colors[256][4];
} rec_png_picture;

/// A picture being read. One thread at a time.
typedef struct rec_png_reader rec_png_reader;

/// Opens a picture; NULL when memory is short.
///
/// `bytes` is the whole file, which stays in memory, unchanged, until the reader is closed. `data` is the position of
/// the first IDAT chunk; `data_size` is the number of compressed bytes in it and in those that follow it directly, as
/// far as the file has them.
rec_png_reader *rec_png_open(
    const uint8_t *bytes, size_t count, const rec_png_picture *picture, size_t data, size_t data_size);

/// Closes; NULL is allowed.
void rec_png_close(rec_png_reader *reader);

/// Starts decoding. Of an interlaced picture, all passes are read here, and the rows `first_row ..< end_row` are kept
/// as samples; other pictures are read row by row.
///
/// With a status other than `REC_PNG_OK` an interlaced picture has the passes before the error, and samples of 0.
rec_png_status rec_png_start(rec_png_reader *reader, uint32_t first_row, uint32_t end_row);

/// Reads the next row, and converts `columns` pixels from `first` on to 8-bit RGB or RGBA. With a NULL destination it
/// only reads. An interlaced picture has the kept rows only, and gives each of them once.
rec_png_status rec_png_read_row(rec_png_reader *reader, uint8_t *destination, size_t first, size_t columns);

/// Whether the compressed data ended in a checksum that is not that of the pixels; after the last row.
bool rec_png_is_damaged(const rec_png_reader *reader);

/// The library's words for the last error; valid until the reader is closed; empty when there was none.
const char *rec_png_message(const rec_png_reader *reader);

/// The CRC of a chunk's type and content.
uint32_t rec_png_crc(const uint8_t *bytes, size_t count);

/// The result of decompressing.
typedef enum {
    REC_INFLATE_OK = 0,
    /// There is more than the destination holds.
    REC_INFLATE_TOO_LARGE,
    REC_INFLATE_CORRUPT,
} rec_inflate_status;

/// Decompresses a zlib stream into `capacity` bytes at most; `written` is their number. A stream that is cut off gives
/// what it has.
rec_inflate_status rec_png_inflate(
    const uint8_t *bytes, size_t count, uint8_t *destination, size_t capacity, size_t *written);
