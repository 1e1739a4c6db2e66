// Contract: see CRecPNG.h. Every entry sets the point that libpng's errors jump to; what is allocated between it and
// the jump belongs to the reader or to libpng.
#ifdef REC_PNG
#include "convert.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER_SIZE = 12 + 13,
    PALETTE_SIZE = 12 + 3,
    PREFIX_SIZE = HEADER_SIZE + PALETTE_SIZE + 8,
    /// Compressed bytes that libpng takes at a time.
    BLOCK_SIZE = 32 * 1024,
};

struct rec_png_reader {
    png_structp png;
    png_infop info;
    rec_png_picture picture;
    /// The file, and what is left of it from the present position in a chunk on.
    const uint8_t *next;
    const uint8_t *end;
    size_t left_in_chunk;
    /// The compressed bytes that libpng has not got.
    size_t left;
    /// What libpng gets before them.
    uint8_t prefix[PREFIX_SIZE];
    size_t prefix_size;
    size_t prefix_position;
    /// One row of samples; of an interlaced picture, all that are kept.
    uint8_t *samples;
    size_t stride;
    uint32_t kept;
    uint32_t given;
    /// Blocks that libpng took after the last row.
    uint32_t blocks_behind;
    bool is_damaged;
    rec_png_status status;
    char message[128];
};

static uint32_t big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint8_t *put(uint8_t *bytes, uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        *bytes++ = (uint8_t)(number >> shift);
    }
    return bytes;
}

/// Starts a chunk; checksums are zero, since libpng does not look at them.
static uint8_t *put_chunk(uint8_t *bytes, uint32_t size, const char *type) {
    bytes = put(bytes, size);
    memcpy(bytes, type, 4);
    return bytes + 4;
}

/// The chunks before the data.
static void make_prefix(rec_png_reader *reader) {
    const rec_png_picture *picture = &reader->picture;
    uint8_t *bytes = put_chunk(reader->prefix, 13, "IHDR");
    bytes = put(put(bytes, picture->width), picture->height);
    *bytes++ = picture->bit_depth;
    *bytes++ = picture->color_type;
    *bytes++ = 0;
    *bytes++ = 0;
    *bytes++ = picture->is_interlaced;
    bytes = put(bytes, 0);
    if (picture->color_type == PNG_COLOR_TYPE_PALETTE) {
        // libpng wants a palette, but does not use it.
        bytes = put_chunk(bytes, 3, "PLTE");
        memset(bytes, 0, 3);
        bytes = put(bytes + 3, 0);
    }
    bytes = put_chunk(bytes, (uint32_t)reader->left, "IDAT");
    reader->prefix_size = (size_t)(bytes - reader->prefix);
}

static void fail(png_structp png, png_const_charp message) {
    rec_png_reader *reader = png_get_error_ptr(png);
    if (reader->status == REC_PNG_OK) {
        bool is_memory = strstr(message, "emory") != NULL;
        bool is_short = strncmp(message, "Not enough", 10) == 0;
        reader->status = is_memory ? REC_PNG_OUT_OF_MEMORY : is_short ? REC_PNG_TRUNCATED : REC_PNG_CORRUPT;
        snprintf(reader->message, sizeof reader->message, "%s", message);
    }
    png_longjmp(png, 1);
}

/// Data behind the last row is nobody's; a checksum of other pixels is damage.
static void warn(png_structp png, png_const_charp message) {
    rec_png_reader *reader = png_get_error_ptr(png);
    if (strstr(message, "incorrect data check")) {
        reader->is_damaged = true;
        snprintf(reader->message, sizeof reader->message, "%s", message);
    }
}

/// Copies compressed bytes from the chunks of the file; they are there, because their number was counted.
static void copy_data(rec_png_reader *reader, uint8_t *destination, size_t count) {
    reader->left -= count;
    while (count) {
        while (!reader->left_in_chunk) {
            // Behind a checksum comes the next chunk, which is IDAT.
            if ((size_t)(reader->end - reader->next) < 12) {
                memset(destination, 0, count);
                return;
            }
            reader->left_in_chunk = big_endian(reader->next + 4);
            reader->next += 12;
        }
        size_t part = (size_t)(reader->end - reader->next);
        part = part < reader->left_in_chunk ? part : reader->left_in_chunk;
        part = part < count ? part : count;
        if (!part) {
            memset(destination, 0, count);
            return;
        }
        memcpy(destination, reader->next, part);
        reader->next += part;
        reader->left_in_chunk -= part;
        destination += part;
        count -= part;
    }
}

/// Whether libpng has read the last row and is at what follows the pixels.
static bool has_all_rows(rec_png_reader *reader) {
    if (reader->status == REC_PNG_OUT_OF_MEMORY || !reader->samples) {
        return false;
    }
    return reader->picture.is_interlaced ? png_get_current_pass_number(reader->png) >= PNG_INTERLACE_ADAM7_PASSES
                                         : png_get_current_row_number(reader->png) >= reader->picture.height;
}

static void supply(png_structp png, png_bytep destination, size_t count) {
    rec_png_reader *reader = png_get_io_ptr(png);
    size_t prefix = reader->prefix_size - reader->prefix_position;
    prefix = prefix < count ? prefix : count;
    memcpy(destination, reader->prefix + reader->prefix_position, prefix);
    reader->prefix_position += prefix;
    destination += prefix;
    count -= prefix;
    if (count > reader->left) {
        png_error(png, "Not enough data");
    }
    // After the last row libpng inflates to the end of the stream, which may be a thousand times as long as the file. One
    // block holds what belongs to the picture, its checksum.
    if (has_all_rows(reader) && reader->blocks_behind++) {
        png_error(png, "Too much data");
    }
    copy_data(reader, destination, count);
}

rec_png_reader *rec_png_open(
    const uint8_t *bytes, size_t count, const rec_png_picture *picture, size_t data, size_t data_size) {
    rec_png_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        return NULL;
    }
    reader->picture = *picture;
    reader->end = bytes + count;
    reader->next = bytes + data + 8;
    reader->left_in_chunk = big_endian(bytes + data);
    reader->left = data_size < PNG_UINT_31_MAX ? data_size : PNG_UINT_31_MAX;
    make_prefix(reader);
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, warn);
    reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
    if (!reader->info) {
        rec_png_close(reader);
        return NULL;
    }
    return reader;
}

void rec_png_close(rec_png_reader *reader) {
    if (!reader) {
        return;
    }
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
    free(reader->samples);
    free(reader);
}

/// Reads the chunks before the data and sets libpng up.
static void read_header(rec_png_reader *reader) {
    png_structp png = reader->png;
    png_set_read_fn(png, reader, supply);
    png_set_sig_bytes(png, 8);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(png, 0);
    png_set_benign_errors(png, 1);
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    // Some writers announce a smaller window than they use.
    png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
    png_set_compression_buffer_size(png, BLOCK_SIZE);
    png_read_info(png, reader->info);
    if (reader->picture.color_type != PNG_COLOR_TYPE_GRAY) {
        // The high byte.
        png_set_strip_16(png);
    }
    png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
}

/// Reads all passes of an interlaced picture.
static void read_passes(rec_png_reader *reader, uint32_t first_row, uint32_t end_row) {
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++) {
        for (uint32_t y = 0; y < reader->picture.height; y++) {
            bool is_kept = y >= first_row && y < end_row;
            png_read_row(reader->png, is_kept ? reader->samples + (y - first_row) * reader->stride : NULL, NULL);
        }
    }
}

/// The status after a jump.
static rec_png_status failed(rec_png_reader *reader) {
    if (has_all_rows(reader)) {
        reader->status = REC_PNG_OK;
    }
    return reader->status;
}

rec_png_status rec_png_start(rec_png_reader *reader, uint32_t first_row, uint32_t end_row) {
    if (setjmp(png_jmpbuf(reader->png))) {
        return failed(reader);
    }
    read_header(reader);
    reader->stride = png_get_rowbytes(reader->png, reader->info);
    reader->kept = reader->picture.is_interlaced ? end_row - first_row : 1;
    reader->samples = calloc(reader->kept, reader->stride);
    if (!reader->samples) {
        return reader->status = REC_PNG_OUT_OF_MEMORY;
    }
    if (reader->picture.is_interlaced) {
        read_passes(reader, first_row, end_row);
    }
    return REC_PNG_OK;
}

rec_png_status rec_png_read_row(rec_png_reader *reader, uint8_t *destination, size_t first, size_t columns) {
    if (!reader->samples) {
        return reader->status;
    }
    const uint8_t *samples = reader->samples;
    if (reader->picture.is_interlaced) {
        samples += reader->given * reader->stride;
        reader->given += reader->given + 1 < reader->kept;
    } else {
        if (setjmp(png_jmpbuf(reader->png))) {
            if (failed(reader) != REC_PNG_OK) {
                return reader->status;
            }
        } else {
            png_read_row(reader->png, destination ? reader->samples : NULL, NULL);
        }
    }
    if (destination) {
        rec_png_convert(&reader->picture, samples, destination, first, columns);
    }
    return REC_PNG_OK;
}

bool rec_png_is_damaged(const rec_png_reader *reader) { return reader->is_damaged; }

const char *rec_png_message(const rec_png_reader *reader) { return reader->message; }
#endif
