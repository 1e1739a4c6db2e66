// Contract: see CRecJPEG.h.
#include "failure.h"

#include <stdlib.h>

/// All that must outlive a jump, in one place that the jump leaves alone.
typedef struct {
    struct jpeg_compress_struct compressor;
    rec_jpeg_failure failure;
    struct jpeg_destination_mgr destination;
    uint8_t *bytes;
    size_t capacity;
} writer;

static void destination_nothing(j_compress_ptr compressor) { (void)compressor; }

/// Doubles the buffer. The library calls it when the buffer is full and counts on all of it having been taken.
static boolean destination_grow(j_compress_ptr compressor) {
    writer *state = compressor->client_data;
    size_t used = state->capacity;
    size_t capacity = used ? 2 * used : 16384;
    uint8_t *bytes = realloc(state->bytes, capacity);
    if (!bytes) {
        rec_jpeg_fail(&state->failure, REC_JPEG_OUT_OF_MEMORY, "out of memory");
    }
    state->bytes = bytes;
    state->capacity = capacity;
    state->destination.next_output_byte = bytes + used;
    state->destination.free_in_buffer = capacity - used;
    return TRUE;
}

static void destination_start(j_compress_ptr compressor) { destination_grow(compressor); }

static void compress(
    writer *state, const uint8_t *source, size_t stride, uint32_t width, uint32_t height, int quality) {
    struct jpeg_compress_struct *compressor = &state->compressor;
    jpeg_create_compress(compressor);
    state->destination = (struct jpeg_destination_mgr){
        .init_destination = destination_start,
        .empty_output_buffer = destination_grow,
        .term_destination = destination_nothing,
    };
    compressor->client_data = state;
    compressor->dest = &state->destination;
    compressor->image_width = width;
    compressor->image_height = height;
    compressor->input_components = 3;
    compressor->in_color_space = JCS_RGB;
    jpeg_set_defaults(compressor);
    jpeg_set_quality(compressor, quality, TRUE);
    compressor->optimize_coding = TRUE;
    jpeg_start_compress(compressor, TRUE);
    while (compressor->next_scanline < height) {
        // libjpeg does not write to its input, but its type does not say so.
        JSAMPROW row = (JSAMPROW)(uintptr_t)(source + (size_t)compressor->next_scanline * stride);
        jpeg_write_scanlines(compressor, &row, 1);
    }
    jpeg_finish_compress(compressor);
}

rec_jpeg_status rec_jpeg_encode(
    const uint8_t *source, size_t stride, uint32_t width, uint32_t height, int quality, uint8_t **bytes,
    size_t *count) {
    *bytes = NULL;
    *count = 0;
    writer *state = calloc(1, sizeof *state);
    if (!state) {
        return REC_JPEG_OUT_OF_MEMORY;
    }
    state->compressor.err = rec_jpeg_failure_install(&state->failure, false);
    if (!setjmp(state->failure.escape)) {
        compress(state, source, stride, width, height, quality);
        *bytes = state->bytes;
        *count = state->capacity - state->destination.free_in_buffer;
        state->bytes = NULL;
    }
    rec_jpeg_status status = state->failure.status;
    jpeg_destroy_compress(&state->compressor);
    free(state->bytes);
    free(state);
    return status;
}

void rec_jpeg_free(uint8_t *bytes) { free(bytes); }
