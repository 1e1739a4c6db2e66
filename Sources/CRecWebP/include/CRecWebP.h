#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A thin face over libwebp and its demuxer; empty unless the package trait WebP is enabled. It exists because libwebp
// checks its version in inline functions and keeps its state in structures. No call keeps global state.

/// The result of a call.
typedef enum {
    REC_WEBP_OK = 0,
    /// The bytes end before the picture does.
    REC_WEBP_TRUNCATED,
    /// The bytes contradict the format.
    REC_WEBP_CORRUPT,
    REC_WEBP_OUT_OF_MEMORY,
} rec_webp_status;

/// A part of a file.
typedef struct {
    size_t start;
    size_t size;
} rec_webp_range;

/// What the chunks of a file say.
typedef struct {
    /// The canvas.
    uint32_t width;
    uint32_t height;
    /// The place of the first frame on the canvas.
    uint32_t frame_left;
    uint32_t frame_top;
    uint32_t frame_width;
    uint32_t frame_height;
    /// Whether pixels can be transparent. If not, what is behind the frame is black.
    bool has_alpha;
    /// Whether the file ends within the first frame or behind it.
    bool is_cut;
    /// The compressed first frame, and the metadata; sizes are 0 where there are none.
    rec_webp_range frame;
    rec_webp_range exif;
    rec_webp_range xmp;
} rec_webp_header;

/// Reads the chunks of a file. A file that is cut is an error unless `lenient` and its first frame has begun.
rec_webp_status rec_webp_read_header(const uint8_t *bytes, size_t count, bool lenient, rec_webp_header *header);

/// Pixels of a frame.
typedef struct rec_webp_pixels rec_webp_pixels;

/// A rectangle of a frame.
typedef struct {
    uint32_t left;
    uint32_t top;
    uint32_t width;
    uint32_t height;
} rec_webp_rectangle;

/// Decodes a rectangle of a frame to 8-bit RGB or RGBA, and some pixels around it.
///
/// The library decodes up to the last row of the rectangle. `rectangle` says afterwards what was decoded; its height is
/// less than was asked for when `lenient` and data is missing. `*pixels` is to be freed, unless it is NULL.
rec_webp_status rec_webp_decode(
    const uint8_t *bytes, const rec_webp_header *header, bool lenient, rec_webp_rectangle *rectangle,
    rec_webp_pixels **pixels);

/// The first row of the pixels, and the bytes from one row to the next.
const uint8_t *rec_webp_rows(const rec_webp_pixels *pixels, size_t *stride);

/// Frees pixels; NULL is allowed.
void rec_webp_free(rec_webp_pixels *pixels);
