#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    /// Dot products of one query with `count` rows of `dimension` floats each, row-major, into `products[count]`.
    ///
    /// Any dimension, no alignment demanded. The sum of products is kept in 32 lanes, element i in lane i % 32, and the
    /// lanes are folded in halves. Products are rounded before they are added, so every level and every machine gives
    /// the same bits; the scan waits for memory, not for arithmetic.
    void (*rows)(const float *query, const float *rows, size_t dimension, size_t count, float *products);

    /// The same for `count` rows anywhere in a matrix, by their numbers; the next rows are prefetched meanwhile.
    /// `more` numbers lie behind these, of rows that are likely to be asked for next.
    void (*chosen)(const float *query, const float *rows, size_t dimension, const uint32_t *numbers, size_t count,
                   size_t more, float *products);
} rec_dot_kernels;
