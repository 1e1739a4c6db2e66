#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A thin face over libheif; empty unless the package trait HEIF is enabled. It exists because libheif returns structures
// by value, repeats chroma samples instead of interpolating them, and rounds otherwise than the decoders of AVIF do. Here
// its colours are converted row by row.

/// The result of a call.
typedef enum {
    REC_HEIF_OK = 0,
    /// The bytes end before the picture does.
    REC_HEIF_TRUNCATED,
    /// The bytes contradict the format.
    REC_HEIF_CORRUPT,
    /// The library cannot decode the picture.
    REC_HEIF_UNSUPPORTED,
    /// More pixels or items than the library's limits, or short memory.
    REC_HEIF_TOO_LARGE,
} rec_heif_status;

/// How the colours of the library become those of the reference decoder.
typedef struct {
    /// Whether chroma samples, which the library repeats, are interpolated, as decoders of AVIF do.
    bool interpolates;
    /// Whether there are fewer chroma samples than columns, and than rows.
    bool is_narrow;
    bool is_low;
} rec_heif_conversion;

/// The primary picture of a file. One thread at a time.
typedef struct rec_heif_reader rec_heif_reader;

/// The fields of the header.
typedef struct {
    uint32_t width;
    uint32_t height;
    bool has_alpha;
    /// Whether the library rotates, mirrors and crops the picture.
    bool is_transformed;
} rec_heif_header;

/// Opens a file that stays in memory, unchanged, until the reader is closed; NULL when memory is short.
rec_heif_reader *rec_heif_open(const uint8_t *bytes, size_t count);

/// Closes; NULL is allowed.
void rec_heif_close(rec_heif_reader *reader);

/// Reads up to the properties of the primary picture. `transforms` asks the library to rotate, mirror and crop it as the
/// file says. A picture with alpha always is, because the library would transform its alpha alone. The size is that of the
/// result.
rec_heif_status rec_heif_read_header(rec_heif_reader *reader, bool transforms, rec_heif_header *header);

/// Decodes the picture.
rec_heif_status rec_heif_decode(rec_heif_reader *reader, rec_heif_conversion conversion);

/// Converts `columns` pixels of a row, from the pixel `first` on, to 8-bit RGB or RGBA.
void rec_heif_convert_row(rec_heif_reader *reader, size_t row, size_t first, size_t columns, uint8_t *destination);

/// The library's words for the last error; valid until the reader is closed; empty when there was none.
const char *rec_heif_message(const rec_heif_reader *reader);
