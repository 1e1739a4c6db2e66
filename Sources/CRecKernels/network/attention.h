// Attention by tiles of queries: scores, their softmax and the mixture of values stay in the caches.
// Contract: ../include/attention_f32.h.

/// Turns 8 rows of 8 floats into its columns.
INLINE void NAME(transpose)(v8 rows[8]) {
    v8 pairs[8], fours[8];
    UNROLL for (int i = 0; i < 8; i += 2) {
        pairs[i] = __builtin_shufflevector(rows[i], rows[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        pairs[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    UNROLL for (int i = 0; i < 8; i += 4) {
        UNROLL for (int j = 0; j < 2; j++) {
            fours[i + j] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            fours[i + j + 2] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    UNROLL for (int i = 0; i < 4; i++) {
        rows[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        rows[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// Keys as the panels of a product: channels by keys.
static void NAME(pack_keys)(const rec_attention *a, float *packed) {
    const ptrdiff_t blocks = (a->keys + 7) / 8, depth = a->depth_blocks * 8;
    for (ptrdiff_t block = 0; block < blocks; block++) {
        const ptrdiff_t width = block % 2 == 0 && block + 1 == blocks ? 8 : 16;
        float *panel = packed + block / 2 * 16 * depth + block % 2 * 8;
        const ptrdiff_t rest = a->keys - block * 8;
        for (ptrdiff_t group = 0; group < a->depth_blocks; group++) {
            const float *from = a->key + group * a->key_pitch + block * 64;
            v8 rows[8];
            UNROLL for (int i = 0; i < 8; i++) rows[i] = i < rest ? NAME(load)(from + 8 * i) : (v8){0};
            NAME(transpose)(rows);
            UNROLL for (int i = 0; i < 8; i++) NAME(store)(panel + (group * 8 + i) * width, rows[i]);
        }
    }
}

/// Values as the panels of a product: keys by channels, with zeros for keys that do not exist.
static void NAME(pack_values)(const rec_attention *a, float *packed) {
    const ptrdiff_t depth = (a->keys + 7) / 8 * 8;
    for (ptrdiff_t block = 0; block < a->value_blocks; block++) {
        const ptrdiff_t width = block % 2 == 0 && block + 1 == a->value_blocks ? 8 : 16;
        float *panel = packed + block / 2 * 16 * depth + block % 2 * 8;
        const float *from = a->value + block * a->value_pitch;
        for (ptrdiff_t key = 0; key < a->keys; key++) NAME(store)(panel + key * width, NAME(load)(from + 8 * key));
        for (ptrdiff_t key = a->keys; key < depth; key++) NAME(store)(panel + key * width, (v8){0});
    }
}

/// e^(score - maximum) in place of the scores of one query; the result is one over their sum.
INLINE float NAME(weigh)(const rec_attention *a, const float *mask, float *scores) {
    const ptrdiff_t blocks = (a->keys + 7) / 8, pitch = REC_ATTENTION_ROWS * 8;
    const v8 used = NAME(used_lanes)(a->keys);
    v8 most = NAME(splat)(-INFINITY);
    for (ptrdiff_t block = 0; block < blocks; block++) {
        v8 score = NAME(load)(scores + block * pitch) * a->scale;
        if (mask) score += NAME(load_some)(mask + block * 8, a->keys - block * 8, 0);
        if (block == blocks - 1) score = NAME(select)(used > 0.5f, score, NAME(splat)(-INFINITY));
        NAME(store)(scores + block * pitch, score);
        most = NAME(larger)(most, score);
    }
    const float peak = NAME(largest_lane)(most);
    v8 sums = {0};
    for (ptrdiff_t block = 0; block < blocks; block++) {
        v8 weight = NAME(exponential)(NAME(load)(scores + block * pitch) - peak);
        if (block == blocks - 1) weight = NAME(select)(used > 0.5f, weight, (v8){0});
        NAME(store)(scores + block * pitch, weight);
        sums += weight;
    }
    return 1.0f / NAME(sum_of_lanes)(sums);
}

static void NAME(attention)(const rec_attention *a) {
    const ptrdiff_t blocks = (a->keys + 7) / 8, pitch = REC_ATTENTION_ROWS * 8;
    float *keys = a->scratch, *values = keys + blocks * 8 * a->depth_blocks * 8;
    float *scores = values + blocks * 8 * a->value_blocks * 8;
    NAME(pack_keys)(a, keys);
    NAME(pack_values)(a, values);
    const rec_finish finish = {.low = -INFINITY, .high = INFINITY};
    const ptrdiff_t tiles = (a->queries + REC_ATTENTION_ROWS - 1) / REC_ATTENTION_ROWS;
    for (ptrdiff_t tile = 0; tile < tiles; tile++) {
        const ptrdiff_t first = a->queries * tile / tiles, count = a->queries * (tile + 1) / tiles - first;
        NAME(product)(&(rec_product){
            .input = a->query + first * 8,
            .offsets = a->query_offsets, .offset_count = a->depth_blocks, .run = 8,
            .pixel_pitch = 8, .rows = 1, .pixels = count,
            .weights = keys, .blocks = blocks,
            .output = scores, .output_block_pitch = pitch, .output_pixel_pitch = 8,
            .finish = finish,
        });
        float factors[REC_ATTENTION_ROWS];
        for (ptrdiff_t row = 0; row < count; row++) {
            factors[row] = NAME(weigh)(a, a->mask ? a->mask + (first + row) * a->keys : NULL, scores + row * 8);
        }
        float *output = a->output + first * 8;
        NAME(product)(&(rec_product){
            .input = scores,
            .offsets = a->score_offsets, .offset_count = blocks, .run = 8,
            .pixel_pitch = 8, .rows = 1, .pixels = count,
            .weights = values, .blocks = a->value_blocks,
            .output = output, .output_block_pitch = a->output_pitch, .output_pixel_pitch = 8,
            .finish = finish,
        });
        for (ptrdiff_t block = 0; block < a->value_blocks; block++) {
            float *to = output + block * a->output_pitch;
            for (ptrdiff_t row = 0; row < count; row++) {
                NAME(store)(to + row * 8, NAME(load)(to + row * 8) * factors[row]);
            }
        }
    }
}
