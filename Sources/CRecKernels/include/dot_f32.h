#pragma once
#include <stddef.h>

/// Dot products of one query with `count` rows of `dimension` floats each, row-major, into `products[count]`.
/// Any dimension, no alignment demanded. All variants give the same bits.
void rec_dot_f32_rows(const float *query, const float *rows, size_t dimension, size_t count, float *products);

/// The variant that runs anywhere, for tests to compare with.
void rec_dot_f32_rows__portable(const float *query, const float *rows, size_t dimension, size_t count, float *products);

/// Asks for bytes that will be read soon.
static inline void rec_expect(const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i += 64) __builtin_prefetch((const char *)bytes + i, 0, 3);
}
