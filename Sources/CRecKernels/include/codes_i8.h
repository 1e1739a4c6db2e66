#pragma once
#include <stddef.h>
#include <stdint.h>

/// Slots of a block of head codes, and directions of a chunk.
enum { REC_CODE_LANES = 16, REC_CODE_CHUNK = 64 };

/// The codes of many vectors; `CodeArrays` in RecIndex says what they mean.
typedef struct {
    /// [block][head_dimensions / 4][16 slots][4], from -127 to 127; a multiple of 8 dimensions.
    const int8_t *head;
    /// <mean, x>, norm outside the head, and number of the metadata pattern, for each slot.
    const float *offsets, *tails;
    const uint32_t *patterns;
    /// Which slots of a block hold a row, a bit each.
    const uint16_t *used;
    /// [slot][middle_chunks][64], and the norm outside head and the first chunks of the middle.
    const int8_t *middle;
    const float *middle_tails;
    size_t head_dimensions, middle_chunks;
} rec_codes;

/// A query against codes.
///
/// The cosine of a slot is estimated as scale * <codes, head> + offset + base, and is at most tail * tails + rest more.
/// Its score is slope * cosine + constant, with the two numbers of its pattern.
typedef struct {
    /// The query's head codes from -127 to 127, and their magnitudes.
    const int8_t *head, *magnitudes;
    /// The sum of the head codes.
    int32_t head_sum;
    float scale, base, tail, rest;
    /// [pattern][slope, constant]
    const float *patterns;
    /// Whether all patterns have the same two numbers.
    int has_one_pattern;
    /// Two lines, slope * cosine + constant, the higher of which no pattern's exceeds.
    float slopes[2], constants[2];
    /// For each chunk of the middle: the query's codes from -8191 to 8191, [chunk][64], the scale of their products,
    /// and how much tail and rest are behind that chunk.
    const int16_t *middle;
    const float *middle_scales, *middle_tails, *middle_rests;
} rec_code_query;

/// A slot that may be in the answer.
typedef struct {
    /// What its score is estimated to be, or cannot exceed.
    float score;
    uint32_t slot;
} rec_candidate;

/// Sums of codes are exact integers at every level; the floats made of them may differ in the last bit.
typedef struct {
    /// Finds the slots of blocks `first` ..< `end` whose score by the head, with tail and rest, reaches `least`.
    ///
    /// `allowed` has a bit for each slot, like `used`; NULL allows all. `found` has room for all slots of the blocks.
    /// Returns how many there are.
    size_t (*scan)(const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed, size_t first,
                   size_t end, float least, rec_candidate *found);

    /// Refines candidates by the chunks of the middle, one after the other, and keeps those that still reach `least`.
    ///
    /// With `has_bounds`, scores are upper bounds, made with `query->tail` and `query->rest`, and stay upper bounds;
    /// without, they are estimates and stay estimates. Returns how many are kept, in the same order.
    size_t (*refine)(const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
                     rec_candidate *candidates, size_t count);
} rec_code_kernels;
