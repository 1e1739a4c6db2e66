#pragma once
#include <stddef.h>

/// The most queries that are scored together.
enum { REC_ATTENTION_ROWS = 24 };

/// One head of scaled dot-product attention (Vaswani et al. 2017) over maps in blocks of 8 channels:
///
/// output[i] = sum over j of softmax over j (scale * query[i] . key[j] + mask[i][j]) * value[j]
///
/// A row of a map is a position, so the rows of a block are 8 floats apart; pitches, from block to block, are in
/// floats. The channels of a head are whole blocks. A row whose mask excludes every key is not a number.
typedef struct {
    ptrdiff_t queries, keys;
    /// Blocks of a query and of a key, and of a value.
    ptrdiff_t depth_blocks, value_blocks;
    const float *query, *key, *value;
    ptrdiff_t key_pitch, value_pitch;
    /// From a query's first block to each of its blocks, and from the first score to that of each block of keys when
    /// blocks are REC_ATTENTION_ROWS * 8 floats apart.
    const ptrdiff_t *query_offsets, *score_offsets;
    float scale;
    /// One row of `keys` numbers for each query, or NULL.
    const float *mask;
    float *output;
    ptrdiff_t output_pitch;
    /// As many floats as rec_attention_scratch says.
    float *scratch;
} rec_attention;

/// Floats of scratch memory for one head: packed keys and values, and the scores of some queries.
static inline ptrdiff_t rec_attention_scratch(ptrdiff_t keys, ptrdiff_t depth_blocks, ptrdiff_t value_blocks) {
    const ptrdiff_t blocks = (keys + 7) / 8;
    return blocks * 8 * (depth_blocks + value_blocks) * 8 + blocks * REC_ATTENTION_ROWS * 8;
}
