// Contract: see reader.h.
#include "reader.h"

unsigned rec_jpeg_components_of_scan(j_decompress_ptr decompressor) {
    unsigned components = 0;
    for (int i = 0; i < decompressor->comps_in_scan; i++) {
        components |= 1U << decompressor->cur_comp_info[i]->component_index;
    }
    return components;
}

const char *rec_jpeg_missing_scan(const rec_jpeg_reader *reader) {
    const struct jpeg_decompress_struct *decompressor = &reader->decompressor;
    if (!reader->components_seen) {
        // One scan that has everything; libjpeg reads it with the rows.
        return NULL;
    }
    for (int i = 0; i < decompressor->num_components; i++) {
        if (!(reader->components_seen >> i & 1)) {
            return "a component is in no scan";
        }
        if (!decompressor->progressive_mode) {
            continue;
        }
        for (int k = 0; k < DCTSIZE2; k++) {
            if (decompressor->coef_bits[i][k] < 0) {
                return "scans are missing";
            }
        }
    }
    return NULL;
}

/// A row of blocks of each component.
typedef struct {
    JSAMPARRAY rows[MAX_COMPONENTS];
} block_row;

/// Reads the whole picture; `planes` then has its last row of blocks.
static void read_rows_of_blocks(j_decompress_ptr decompressor, block_row *planes) {
    JDIMENSION height = (JDIMENSION)decompressor->max_v_samp_factor * DCTSIZE;
    for (int i = 0; i < decompressor->num_components; i++) {
        const jpeg_component_info *component = &decompressor->comp_info[i];
        JDIMENSION side = (JDIMENSION)component->h_samp_factor;
        JDIMENSION blocks = (component->width_in_blocks + side - 1) / side * side;
        planes->rows[i] = decompressor->mem->alloc_sarray(
            (j_common_ptr)decompressor, JPOOL_IMAGE, blocks * DCTSIZE,
            (JDIMENSION)component->v_samp_factor * DCTSIZE);
    }
    while (decompressor->output_scanline < decompressor->output_height) {
        jpeg_read_raw_data(decompressor, planes->rows, height);
    }
}

/// Whether the last block is that of no coefficients: medium gray.
static bool is_empty(j_decompress_ptr decompressor, int index, JSAMPARRAY rows) {
    const jpeg_component_info *component = &decompressor->comp_info[index];
    JDIMENSION above = (decompressor->total_iMCU_rows - 1) * (JDIMENSION)component->v_samp_factor;
    JDIMENSION top = (component->height_in_blocks - 1 - above) * DCTSIZE;
    JDIMENSION left = (component->width_in_blocks - 1) * DCTSIZE;
    for (JDIMENSION y = 0; y < DCTSIZE; y++) {
        for (JDIMENSION x = 0; x < DCTSIZE; x++) {
            if (rows[top + y][left + x] != CENTERJSAMPLE) {
                return false;
            }
        }
    }
    return true;
}

bool rec_jpeg_last_blocks_are_lost(const rec_jpeg_reader *reader, unsigned components) {
    rec_jpeg_reader *again = rec_jpeg_open(reader->bytes, reader->count, true, reader->maximum_scans);
    rec_jpeg_header header;
    if (!again || rec_jpeg_read_header(again, &header) != REC_JPEG_OK) {
        rec_jpeg_close(again);
        return true;
    }
    j_decompress_ptr decompressor = &again->decompressor;
    block_row planes;
    volatile bool are_lost = true;
    if (!setjmp(again->failure.escape)) {
        decompressor->raw_data_out = TRUE;
        decompressor->dct_method = JDCT_ISLOW;
        decompressor->out_color_space = decompressor->jpeg_color_space;
        jpeg_start_decompress(decompressor);
        read_rows_of_blocks(decompressor, &planes);
        for (int i = 0; i < decompressor->num_components; i++) {
            if (components >> i & 1 && !is_empty(decompressor, i, planes.rows[i])) {
                are_lost = false;
            }
        }
    }
    rec_jpeg_close(again);
    return are_lost;
}
