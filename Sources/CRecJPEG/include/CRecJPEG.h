#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A thin face over libjpeg-turbo's jpeglib.h. It exists for two reasons: libjpeg reports errors by longjmp, which must
// not cross Swift frames, and its default handlers print to standard error and end the process. Nothing here prints,
// exits or keeps global state; every call returns a status.

/// The result of a call.
typedef enum {
    REC_JPEG_OK = 0,
    /// The bytes end before the picture does.
    REC_JPEG_TRUNCATED,
    /// The bytes end properly, but scans or the code of some blocks are missing.
    REC_JPEG_INCOMPLETE,
    /// The bytes contradict the format.
    REC_JPEG_CORRUPT,
    /// The format's feature is not supported by the library.
    REC_JPEG_UNSUPPORTED,
    /// More scans than allowed, or a side over the format's 65,500.
    REC_JPEG_TOO_LARGE,
    REC_JPEG_OUT_OF_MEMORY,
} rec_jpeg_status;

/// The fields of the header. Sides are in pixels, before any scaling.
typedef struct {
    uint32_t width;
    uint32_t height;
    bool is_arithmetic;
    /// Whether a part can be decoded by itself to the pixels that it has in the whole: one scan of Huffman code, gray
    /// or three components, subsampled by two at most.
    bool has_exact_parts;
} rec_jpeg_header;

/// A picture being read. One thread at a time.
typedef struct rec_jpeg_reader rec_jpeg_reader;

/// Opens a JPEG that stays in memory, unchanged, until the reader is closed; NULL when memory is short.
///
/// With `lenient`, bytes that end early are ended with an EOI marker and damaged data is taken as libjpeg patches it,
/// instead of a status. A picture of more than `maximum_scans` scans is refused once the limit is passed.
rec_jpeg_reader *rec_jpeg_open(const uint8_t *bytes, size_t count, bool lenient, int maximum_scans);

/// Closes; NULL is allowed.
void rec_jpeg_close(rec_jpeg_reader *reader);

/// Reads up to the first scan.
rec_jpeg_status rec_jpeg_read_header(rec_jpeg_reader *reader, rec_jpeg_header *header);

/// Starts decoding at 1/`denominator` of the size (1, 2, 4 or 8; sides round up), and says the size of the result.
///
/// Accurate integer inverse DCT, fancy upsampling and block smoothing: the library's defaults, and what Pillow uses.
rec_jpeg_status rec_jpeg_start(rec_jpeg_reader *reader, int denominator, uint32_t *width, uint32_t *height);

/// Leaves out columns; before the first row, and only if the header `has_exact_parts`.
///
/// `first` and `columns` say which columns are wanted, and afterwards which ones rows consist of: more on both sides,
/// because whole blocks are decoded, and because columns at an edge are upsampled differently.
rec_jpeg_status rec_jpeg_crop(rec_jpeg_reader *reader, uint32_t *first, uint32_t *columns);

/// Passes over the next `rows` rows; only if the header `has_exact_parts`. All their code is read, but few of their
/// pixels are made. The last row is never passed over, because libjpeg ends there without reading on.
rec_jpeg_status rec_jpeg_skip_rows(rec_jpeg_reader *reader, uint32_t rows);

/// The number of rows that were decoded or passed over.
uint32_t rec_jpeg_row(const rec_jpeg_reader *reader);

/// Whether the code that is left has no marker but the end's (and restarts, if there are any); decodes nothing.
bool rec_jpeg_rest_is_whole(const rec_jpeg_reader *reader);

/// Decodes the next `rows` rows into 8-bit interleaved RGB, `stride` bytes apart; never past the last row.
///
/// Gray is copied to the three channels. CMYK and YCCK are taken as Adobe's inverted kind, as Pillow does. `decoded`
/// is the number of rows that are good; fewer than `rows` only when the status is not `REC_JPEG_OK`.
rec_jpeg_status rec_jpeg_read_rows(
    rec_jpeg_reader *reader, uint8_t *destination, size_t stride, uint32_t rows, uint32_t *decoded);

/// Reads to the end of the picture after the last row. Bytes that end here, with all rows read, are no error.
rec_jpeg_status rec_jpeg_finish(rec_jpeg_reader *reader);

/// The number of warnings that mean damaged or missing data.
long rec_jpeg_damage_count(const rec_jpeg_reader *reader);

/// Words for the last error or damage, mostly the library's; valid until the reader is closed; empty when there was none.
const char *rec_jpeg_message(const rec_jpeg_reader *reader);

/// Compresses 8-bit interleaved RGB, `stride` bytes a row, as baseline JPEG 4:2:0 with optimised Huffman tables.
///
/// On success `*bytes` holds `*count` bytes that the caller frees with `rec_jpeg_free`.
rec_jpeg_status rec_jpeg_encode(
    const uint8_t *source, size_t stride, uint32_t width, uint32_t height, int quality, uint8_t **bytes, size_t *count);

void rec_jpeg_free(uint8_t *bytes);
