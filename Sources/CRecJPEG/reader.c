// Contract: see CRecJPEG.h. Every entry sets the point that libjpeg's errors jump to; nothing between it and the jump
// owns memory that libjpeg does not.
#include "reader.h"

#include <jerror.h>
#include <stdlib.h>
#include <string.h>

static void source_nothing(j_decompress_ptr decompressor) { (void)decompressor; }

/// Out of bytes: a strict reader suspends, which its callers take as truncation, exactly where Pillow does; a lenient
/// one goes on with an EOI marker, as often as asked.
static boolean source_fill(j_decompress_ptr decompressor) {
    static const JOCTET end[2] = {0xFF, JPEG_EOI};
    rec_jpeg_reader *reader = decompressor->client_data;
    if (rec_jpeg_padding_next(reader)) {
        return TRUE;
    }
    if (!reader->failure.lenient) {
        return FALSE;
    }
    reader->failure.damage_count++;
    reader->source.next_input_byte = end;
    reader->source.bytes_in_buffer = sizeof end;
    return TRUE;
}

static void source_skip(j_decompress_ptr decompressor, long count) {
    rec_jpeg_reader *reader = decompressor->client_data;
    if (count <= 0) {
        return;
    }
    if ((size_t)count > reader->source.bytes_in_buffer) {
        // All bytes are here: what is not here never comes.
        if (!reader->failure.lenient) {
            rec_jpeg_fail(&reader->failure, REC_JPEG_TRUNCATED, "a marker segment reaches past the end");
        }
        count = (long)reader->source.bytes_in_buffer;
    }
    reader->source.next_input_byte += count;
    reader->source.bytes_in_buffer -= (size_t)count;
}

static void watch_scans(j_common_ptr common) {
    rec_jpeg_reader *reader = ((j_decompress_ptr)common)->client_data;
    reader->components_seen |= rec_jpeg_components_of_scan(&reader->decompressor);
    if (reader->decompressor.input_scan_number > reader->maximum_scans) {
        rec_jpeg_fail(
            &reader->failure, REC_JPEG_TOO_LARGE, "too many scans; raise maximumScanCount if the file is trusted");
    }
}

/// Whether a warning means that nothing is lost, or that only the end can tell.
static bool passes(j_decompress_ptr decompressor, int code) {
    rec_jpeg_reader *reader = decompressor->client_data;
    if (code == JWRN_EXTRANEOUS_DATA) {
        return rec_jpeg_padding_note_skipped(reader);
    }
    if (code != JWRN_HIT_MARKER) {
        return false;
    }
    if (decompressor->progressive_mode) {
        // What was to be refined is there; it is only less exact.
        return decompressor->Ah > 0;
    }
    if (decompressor->unread_marker != JPEG_EOI ||
        decompressor->input_iMCU_row + 1 < decompressor->total_iMCU_rows) {
        return false;
    }
    reader->components_run_out |= rec_jpeg_components_of_scan(decompressor);
    return true;
}

rec_jpeg_reader *rec_jpeg_open(const uint8_t *bytes, size_t count, bool lenient, int maximum_scans) {
    rec_jpeg_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        return NULL;
    }
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    decompressor->err = rec_jpeg_failure_install(&reader->failure, lenient);
    if (setjmp(reader->failure.escape)) {
        jpeg_destroy_decompress(decompressor);
        free(reader);
        return NULL;
    }
    reader->failure.passes = passes;
    jpeg_create_decompress(decompressor);
    reader->bytes = bytes;
    reader->count = count;
    reader->maximum_scans = maximum_scans;
    reader->source = (struct jpeg_source_mgr){
        .next_input_byte = bytes,
        .bytes_in_buffer = count,
        .init_source = source_nothing,
        .fill_input_buffer = source_fill,
        .skip_input_data = source_skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = source_nothing,
    };
    reader->progress.progress_monitor = watch_scans;
    decompressor->client_data = reader;
    decompressor->src = &reader->source;
    decompressor->progress = &reader->progress;
    return reader;
}

void rec_jpeg_close(rec_jpeg_reader *reader) {
    if (!reader) {
        return;
    }
    if (!setjmp(reader->failure.escape)) {
        jpeg_destroy_decompress(&reader->decompressor);
    }
    free(reader);
}

/// libjpeg-turbo's functions for parts have had faults: with merged upsampling, with factors of 4, in buffered-image
/// mode, when smoothing the blocks of an unfinished progressive picture. None of that gets through here.
static bool has_exact_parts(j_decompress_ptr decompressor) {
    if (decompressor->arith_code || decompressor->progressive_mode || jpeg_has_multiple_scans(decompressor)) {
        return false;
    }
    const jpeg_component_info *components = decompressor->comp_info;
    switch (decompressor->jpeg_color_space) {
    case JCS_GRAYSCALE:
        return decompressor->num_components == 1 && components[0].h_samp_factor == 1 &&
               components[0].v_samp_factor == 1;
    case JCS_YCbCr:
    case JCS_RGB:
        break;
    default:
        return false;
    }
    if (decompressor->num_components != 3 || components[0].h_samp_factor > 2 || components[0].v_samp_factor > 2) {
        return false;
    }
    for (int i = 1; i < 3; i++) {
        if (components[i].h_samp_factor != 1 || components[i].v_samp_factor != 1) {
            return false;
        }
    }
    return true;
}

rec_jpeg_status rec_jpeg_read_header(rec_jpeg_reader *reader, rec_jpeg_header *header) {
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    int result;
    do {
        result = jpeg_read_header(decompressor, FALSE);
    } while (result == JPEG_HEADER_TABLES_ONLY && reader->source.bytes_in_buffer > 0);
    if (result != JPEG_HEADER_OK) {
        return REC_JPEG_TRUNCATED;
    }
    header->width = decompressor->image_width;
    header->height = decompressor->image_height;
    header->is_arithmetic = decompressor->arith_code;
    header->has_exact_parts = has_exact_parts(decompressor);
    if (decompressor->arith_code) {
        rec_jpeg_padding_start(reader);
    }
    return REC_JPEG_OK;
}

rec_jpeg_status rec_jpeg_start(rec_jpeg_reader *reader, int denominator, uint32_t *width, uint32_t *height) {
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    switch (decompressor->num_components) {
    case 1:
    case 3:
        decompressor->out_color_space = JCS_RGB;
        break;
    case 4:
        decompressor->out_color_space = JCS_CMYK;
        break;
    default:
        rec_jpeg_fail(&reader->failure, REC_JPEG_UNSUPPORTED, "it has neither 1, 3 nor 4 components");
    }
    decompressor->scale_num = 1;
    decompressor->scale_denom = (unsigned)denominator;
    decompressor->dct_method = JDCT_ISLOW;
    if (!jpeg_start_decompress(decompressor)) {
        return REC_JPEG_TRUNCATED;
    }
    const char *missing = rec_jpeg_missing_scan(reader);
    if (missing) {
        rec_jpeg_damage(&reader->failure, REC_JPEG_INCOMPLETE, missing);
    }
    if (decompressor->output_components != 3) {
        reader->row = decompressor->mem->alloc_sarray(
            (j_common_ptr)decompressor, JPOOL_IMAGE,
            decompressor->output_width * (JDIMENSION)decompressor->output_components, 1);
    }
    *width = decompressor->output_width;
    *height = decompressor->output_height;
    return REC_JPEG_OK;
}

/// The side of the blocks that are decoded together, in pixels of the scaled picture.
static JDIMENSION block_side(j_decompress_ptr decompressor, int factor) {
    return (JDIMENSION)factor * DCTSIZE / decompressor->scale_denom;
}

rec_jpeg_status rec_jpeg_crop(rec_jpeg_reader *reader, uint32_t *first, uint32_t *columns) {
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    JDIMENSION margin = block_side(decompressor, decompressor->max_h_samp_factor);
    JDIMENSION begin = *first > margin ? *first - margin : 0;
    JDIMENSION width = decompressor->output_width;
    JDIMENSION end = width - *first - *columns > margin ? *first + *columns + margin : width;
    width = end - begin;
    jpeg_crop_scanline(decompressor, &begin, &width);
    *first = begin;
    *columns = width;
    return REC_JPEG_OK;
}

rec_jpeg_status rec_jpeg_skip_rows(rec_jpeg_reader *reader, uint32_t rows) {
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    if (!reader->discarded) {
        reader->discarded = decompressor->mem->alloc_sarray(
            (j_common_ptr)decompressor, JPOOL_IMAGE,
            decompressor->output_width * (JDIMENSION)decompressor->output_components, 1);
    }
    JDIMENSION left = decompressor->output_height - decompressor->output_scanline;
    JDIMENSION target = decompressor->output_scanline + (rows < left ? rows : left - 1);
    // Up to the start of a row of blocks, one row of blocks early: what is upsampled from two rows needs the one
    // before.
    JDIMENSION side = block_side(decompressor, decompressor->max_v_samp_factor);
    JDIMENSION safe = target / side * side;
    if (safe > decompressor->output_scanline + 2 * side) {
        jpeg_skip_scanlines(decompressor, safe - side - decompressor->output_scanline);
    }
    while (decompressor->output_scanline < target) {
        // Code that ran out while skipping shows here: the library then stands still.
        if (jpeg_read_scanlines(decompressor, reader->discarded, 1) != 1) {
            return REC_JPEG_TRUNCATED;
        }
    }
    return REC_JPEG_OK;
}

uint32_t rec_jpeg_row(const rec_jpeg_reader *reader) { return reader->decompressor.output_scanline; }

bool rec_jpeg_rest_is_whole(const rec_jpeg_reader *reader) {
    const struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (decompressor->unread_marker != 0) {
        return false;
    }
    const JOCTET *byte = reader->source.next_input_byte;
    const JOCTET *end = byte + reader->source.bytes_in_buffer;
    while ((byte = memchr(byte, 0xFF, (size_t)(end - byte))) && end - byte >= 2) {
        if (byte[1] == 0xFF) {
            byte++;
        } else if (
            byte[1] == 0 || (decompressor->restart_interval && byte[1] >= JPEG_RST0 && byte[1] <= JPEG_RST0 + 7)) {
            byte += 2;
        } else {
            return byte[1] == JPEG_EOI;
        }
    }
    return false;
}

/// a * b / 255, rounded.
static inline int multiply_255(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
}

/// Adobe writes ink inverted (255 is none): the stored value is 255 - ink.
static void convert_cmyk_row(const JSAMPLE *source, uint8_t *destination, JDIMENSION width) {
    for (JDIMENSION x = 0; x < width; x++, source += 4, destination += 3) {
        int white = source[3];
        for (int channel = 0; channel < 3; channel++) {
            destination[channel] = (uint8_t)(white - multiply_255(255 - source[channel], white));
        }
    }
}

rec_jpeg_status rec_jpeg_read_rows(
    rec_jpeg_reader *reader, uint8_t *destination, size_t stride, uint32_t rows, uint32_t *decoded) {
    struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    *decoded = 0;
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    while (*decoded < rows) {
        uint8_t *line = destination + (size_t)*decoded * stride;
        JSAMPROW target = reader->row ? reader->row[0] : line;
        if (jpeg_read_scanlines(decompressor, &target, 1) != 1) {
            return REC_JPEG_TRUNCATED;
        }
        if (reader->row) {
            convert_cmyk_row(target, line, decompressor->output_width);
        }
        (*decoded)++;
    }
    return REC_JPEG_OK;
}

rec_jpeg_status rec_jpeg_finish(rec_jpeg_reader *reader) {
    if (setjmp(reader->failure.escape)) {
        return reader->failure.status;
    }
    jpeg_finish_decompress(&reader->decompressor);
    if (rec_jpeg_padding_ran_out(reader)) {
        rec_jpeg_damage(&reader->failure, REC_JPEG_INCOMPLETE, "the arithmetic code of a scan ends early");
    }
    if (reader->components_run_out && rec_jpeg_last_blocks_are_lost(reader, reader->components_run_out)) {
        rec_jpeg_damage(&reader->failure, REC_JPEG_INCOMPLETE, "the code of the last blocks is missing");
    }
    return REC_JPEG_OK;
}

long rec_jpeg_damage_count(const rec_jpeg_reader *reader) { return reader->failure.damage_count; }

const char *rec_jpeg_message(const rec_jpeg_reader *reader) { return reader->failure.message; }
