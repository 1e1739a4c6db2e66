#pragma once
#include <stddef.h>

/// The index of the first element that is infinite or NaN, or -1.
ptrdiff_t rec_first_nonfinite_f32(const float *values, ptrdiff_t count);

/// Copies a row-major h x w x i x o tensor (HWIO) to o x i x h x w (OIHW).
void rec_hwio_to_oihw_f32(const float *input, ptrdiff_t h, ptrdiff_t w, ptrdiff_t i, ptrdiff_t o, float *output);

/// values[r][c] = (float)(values[r][c] * scale[r]), the product in double precision.
void rec_scale_rows_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const double *scale);

/// values[r][c] = (float)(values[r][c] * scale[c]), the product in double precision.
void rec_scale_columns_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const double *scale);
