#pragma once
#include <stdbool.h>
#include <stddef.h>

/// Dot products of one query with `count` rows of `dimension` floats each, row-major, into `products[count]`.
/// Any dimension, no alignment demanded. All variants give the same bits.
void rec_dot_f32_rows(const float *query, const float *rows, size_t dimension, size_t count, float *products);

/// The variant that runs anywhere, for tests to compare with.
void rec_dot_f32_rows__portable(const float *query, const float *rows, size_t dimension, size_t count, float *products);

/// Whether `rec_dot_f32_rows` uses a variant other than the portable one on this machine.
bool rec_dot_f32_is_accelerated(void);
