// Winograd's minimal filtering (Lavin and Gray 2015, arXiv:1509.09308) on vectors of 8 planes.
//
// Each scheme has its points; infinity is always the last. Pairs of points let the even and odd halves of a transform
// share their work.

INLINE void NAME(input_2)(const v8 *in, v8 *out) {
    v8 a = in[0], b = in[1], c = in[2], d = in[3];
    out[0] = c - a;
    out[1] = b + c;
    out[2] = c - b;
    out[3] = d - b;
}

INLINE void NAME(output_2)(const v8 *in, v8 *out) {
    v8 sum = in[1] + in[2], difference = in[1] - in[2];
    out[0] = in[0] + sum;
    out[1] = difference + in[3];
}

INLINE void NAME(input_4)(const v8 *in, v8 *out) {
    const float root_half = 0.70710678118654752f, root_two = 1.41421356237309505f;
    v8 d0 = in[0], d1 = in[1], d2 = in[2], d3 = in[3], d4 = in[4], d5 = in[5];
    v8 even_half = d4 - 2.0f * d2, odd_half = d3 - 2.0f * d1;
    v8 even_two = d4 - 0.5f * d2, odd_two = d3 - 0.5f * d1;
    out[0] = (d0 + d4) - 2.5f * d2;
    out[1] = even_half + root_half * odd_half;
    out[2] = even_half - root_half * odd_half;
    out[3] = even_two + root_two * odd_two;
    out[4] = even_two - root_two * odd_two;
    out[5] = (d1 + d5) - 2.5f * d3;
}

INLINE void NAME(output_4)(const v8 *in, v8 *out) {
    const float root_half = 0.70710678118654752f, root_two = 1.41421356237309505f;
    v8 sum_half = in[1] + in[2], difference_half = in[1] - in[2];
    v8 sum_two = in[3] + in[4], difference_two = in[3] - in[4];
    out[0] = in[0] + (sum_half + sum_two);
    out[1] = root_half * difference_half + root_two * difference_two;
    out[2] = 0.5f * sum_half + 2.0f * sum_two;
    out[3] = (0.5f * root_half) * difference_half + ((2.0f * root_two) * difference_two + in[5]);
}

INLINE void NAME(input_6)(const v8 *in, v8 *out) {
    v8 d0 = in[0], d1 = in[1], d2 = in[2], d3 = in[3], d4 = in[4], d5 = in[5], d6 = in[6], d7 = in[7];
    out[0] = (d6 - d0) + 5.25f * (d2 - d4);
    out[7] = (d7 - d1) + 5.25f * (d3 - d5);
    v8 even = (d2 + d6) - 4.25f * d4, odd = (d1 + d5) - 4.25f * d3;
    out[1] = even + odd;
    out[2] = even - odd;
    even = (4.0f * d2 + d6) - 5.0f * d4, odd = (2.0f * d1 - 2.5f * d3) + 0.5f * d5;
    out[3] = even + odd;
    out[4] = even - odd;
    even = (0.25f * d2 + d6) - 1.25f * d4, odd = (0.5f * d1 - 2.5f * d3) + 2.0f * d5;
    out[5] = even + odd;
    out[6] = even - odd;
}

/// F(6, 3) and F(7, 2), which have the same points.
INLINE void NAME(output_6_or_7_2)(const int m, const v8 *in, v8 *out) {
    v8 sum_1 = in[1] + in[2], difference_1 = in[1] - in[2];
    v8 sum_2 = in[3] + in[4], difference_2 = in[3] - in[4];
    v8 sum_3 = in[5] + in[6], difference_3 = in[5] - in[6];
    out[0] = (in[0] + sum_1) + (sum_2 + sum_3);
    out[1] = difference_1 + 2.0f * difference_3 + 0.5f * difference_2;
    out[2] = sum_1 + 4.0f * sum_3 + 0.25f * sum_2;
    out[3] = difference_1 + 8.0f * difference_3 + 0.125f * difference_2;
    out[4] = sum_1 + 16.0f * sum_3 + 0.0625f * sum_2;
    if (m == 6) {
        out[5] = (difference_1 + 32.0f * difference_3) + (0.03125f * difference_2 + in[7]);
    } else {
        out[5] = difference_1 + 32.0f * difference_3 + 0.03125f * difference_2;
        out[6] = (sum_1 + 64.0f * sum_3) + (0.015625f * sum_2 + in[7]);
    }
}

// F(7, 3). With q(x) the product of (x^2 - p^2) over the other pairs p, the pair a gets x q(x) +- a q(x).
#define A7 0.25f
#define B7 0.75f
#define C7 1.15f
#define D7 2.1f

INLINE void NAME(pair_7)(const v8 *d, const float a, const float p, const float q, const float r, v8 *plus,
                         v8 *minus) {
    const float q4 = -(p * p + q * q + r * r), q2 = p * p * q * q + p * p * r * r + q * q * r * r;
    const float q0 = -(p * p * q * q * r * r);
    v8 odd = (d[7] + q4 * d[5]) + (q2 * d[3] + q0 * d[1]);
    v8 even = (d[6] + q4 * d[4]) + (q2 * d[2] + q0 * d[0]);
    *plus = odd + a * even;
    *minus = odd - a * even;
}

INLINE void NAME(input_7)(const v8 *in, v8 *out) {
    v8 d[9];
    UNROLL for (int i = 0; i < 9; i++) d[i] = in[i];
    NAME(pair_7)(d, A7, B7, C7, D7, &out[0], &out[1]);
    NAME(pair_7)(d, B7, A7, C7, D7, &out[2], &out[3]);
    NAME(pair_7)(d, C7, A7, B7, D7, &out[4], &out[5]);
    NAME(pair_7)(d, D7, A7, B7, C7, &out[6], &out[7]);
    const float a = A7 * A7, b = B7 * B7, c = C7 * C7, e = D7 * D7;
    const float r6 = -(a + b + c + e), r4 = a * b + a * c + a * e + b * c + b * e + c * e;
    const float r2 = -(a * b * c + a * b * e + a * c * e + b * c * e), r0 = a * b * c * e;
    out[8] = (d[8] + r6 * d[6]) + (r4 * d[4] + (r2 * d[2] + r0 * d[0]));
}

INLINE void NAME(output_7)(const v8 *in, v8 *out) {
    const float a = A7 * A7, b = B7 * B7, c = C7 * C7, d = D7 * D7;
    v8 sum_a = in[0] + in[1], difference_a = A7 * (in[0] - in[1]);
    v8 sum_b = in[2] + in[3], difference_b = B7 * (in[2] - in[3]);
    v8 sum_c = in[4] + in[5], difference_c = C7 * (in[4] - in[5]);
    v8 sum_d = in[6] + in[7], difference_d = D7 * (in[6] - in[7]);
    out[0] = (sum_a + sum_b) + (sum_c + sum_d);
    out[1] = (difference_a + difference_b) + (difference_c + difference_d);
    out[2] = (a * sum_a + b * sum_b) + (c * sum_c + d * sum_d);
    out[3] = (a * difference_a + b * difference_b) + (c * difference_c + d * difference_d);
    out[4] = (a * a * sum_a + b * b * sum_b) + (c * c * sum_c + d * d * sum_d);
    out[5] = (a * a * difference_a + b * b * difference_b) + (c * c * difference_c + d * d * difference_d);
    out[6] = (a * a * a * sum_a + b * b * b * sum_b) + (c * c * c * sum_c + (d * d * d * sum_d + in[8]));
}

INLINE void NAME(input_1d)(const int n, const v8 *in, v8 *out) {
    if (n == 4) NAME(input_2)(in, out);
    if (n == 6) NAME(input_4)(in, out);
    if (n == 8) NAME(input_6)(in, out);
    if (n == 9) NAME(input_7)(in, out);
}

INLINE void NAME(output_1d)(const int m, const int n, const v8 *in, v8 *out) {
    if (n == 4) NAME(output_2)(in, out);
    if (n == 6) NAME(output_4)(in, out);
    if (n == 8) NAME(output_6_or_7_2)(m, in, out);
    if (n == 9) NAME(output_7)(in, out);
}

/// One tile of one block whose input is there in full: `row_pitch` floats from a row to the next, `pixel_pitch` from a
/// pixel to the next.
INLINE void NAME(input_tile)(const int n, const float *input, const ptrdiff_t row_pitch, const ptrdiff_t pixel_pitch,
                             float *transforms, const ptrdiff_t position_pitch) {
    v8 half[81];
    for (int x = 0; x < n; x++) {
        v8 column[9], turned[9];
        UNROLL for (int y = 0; y < n; y++) column[y] = NAME(load)(input + y * row_pitch + x * pixel_pitch);
        NAME(input_1d)(n, column, turned);
        UNROLL for (int y = 0; y < n; y++) half[y * n + x] = turned[y];
    }
    for (int y = 0; y < n; y++) {
        v8 turned[9];
        NAME(input_1d)(n, half + y * n, turned);
        UNROLL for (int x = 0; x < n; x++) NAME(store)(transforms + (y * n + x) * position_pitch, turned[x]);
    }
}

INLINE ptrdiff_t NAME(clamp)(ptrdiff_t value, ptrdiff_t low, ptrdiff_t high) {
    return value < low ? low : value > high ? high : value;
}

/// The inputs of a tile along one axis that are inside a map of `size`: those from `begin` to `end` of `n`, `step`
/// apart and the first at `first`.
INLINE void NAME(inside)(ptrdiff_t first, ptrdiff_t step, ptrdiff_t n, ptrdiff_t size, ptrdiff_t *begin,
                         ptrdiff_t *end) {
    *begin = NAME(clamp)(first < 0 ? (-first + step - 1) / step : 0, 0, n);
    *end = NAME(clamp)(first < size ? (size - first + step - 1) / step : 0, *begin, n);
}

INLINE void NAME(winograd_input_m)(const int m, const int n, const int step, const rec_winograd *g,
                                   const float *input, ptrdiff_t first_tile, ptrdiff_t tile_count, ptrdiff_t blocks,
                                   ptrdiff_t phase, float *transforms) {
    const ptrdiff_t columns = (g->output_width + m - 1) / m, rows = (g->output_height + m - 1) / m;
    const ptrdiff_t row_pitch = g->width * 8, block_pitch = g->height * row_pitch;
    const ptrdiff_t start_y = phase / 2 - g->pad_top, start_x = phase % 2 - g->pad_left;
    float patch[81 * 8];
    for (ptrdiff_t block = 0; block < blocks; block++) {
        ptrdiff_t image = first_tile / (rows * columns), row = first_tile / columns % rows,
                  column = first_tile % columns;
        for (ptrdiff_t tile = 0; tile < tile_count; tile++) {
            const float *plane = input + image * g->input_pitch + block * block_pitch;
            const ptrdiff_t top = row * m * step + start_y, left = column * m * step + start_x;
            float *to = transforms + block * g->block_pitch + tile * 8;
            const float *from = plane + top * row_pitch + left * 8;
            ptrdiff_t y_begin, y_end, x_begin, x_end;
            NAME(inside)(top, step, n, g->height, &y_begin, &y_end);
            NAME(inside)(left, step, n, g->width, &x_begin, &x_end);
            if (y_end - y_begin == n && x_end - x_begin == n) {
                NAME(input_tile)(n, from, step * row_pitch, step * 8, to, g->position_pitch);
            } else {
                memset(patch, 0, sizeof(float) * (size_t)(n * n * 8));
                for (ptrdiff_t y = y_begin; y < y_end; y++) {
                    for (ptrdiff_t x = x_begin; x < x_end; x++) {
                        NAME(store)(patch + (y * n + x) * 8, NAME(load)(from + y * step * row_pitch + x * step * 8));
                    }
                }
                NAME(input_tile)(n, patch, n * 8, 8, to, g->position_pitch);
            }
            if (++column == columns) {
                column = 0;
                if (++row == rows) row = 0, image++;
            }
        }
    }
}

INLINE void NAME(winograd_output_m)(const int m, const int n, const rec_winograd *g, const float *products,
                                    ptrdiff_t first_tile, ptrdiff_t tile_count, ptrdiff_t blocks,
                                    const rec_finish *finish, const int pool, float *output) {
    const ptrdiff_t columns = (g->output_width + m - 1) / m, rows = (g->output_height + m - 1) / m;
    const ptrdiff_t height = pool ? g->output_height / 2 : g->output_height;
    const ptrdiff_t width = pool ? g->output_width / 2 : g->output_width;
    const int side = pool ? m / 2 : m;
    const v8 low = NAME(splat)(finish->low), high = NAME(splat)(finish->high);
    for (ptrdiff_t block = 0; block < blocks; block++) {
        const v8 bias = finish->bias ? NAME(load)(finish->bias + block * 8) : (v8){0};
        ptrdiff_t image = first_tile / (rows * columns), row = first_tile / columns % rows,
                  column = first_tile % columns;
        for (ptrdiff_t tile = 0; tile < tile_count; tile++) {
            const float *from = products + block * g->block_pitch + tile * 8;
            v8 half[63], pixels[49];
            for (int x = 0; x < n; x++) {
                v8 line[9], turned[7];
                UNROLL for (int y = 0; y < n; y++) line[y] = NAME(load)(from + (y * n + x) * g->position_pitch);
                NAME(output_1d)(m, n, line, turned);
                UNROLL for (int y = 0; y < m; y++) half[y * n + x] = turned[y];
            }
            for (int y = 0; y < m; y++) {
                NAME(output_1d)(m, n, half + y * n, pixels + y * m);
            }
            ptrdiff_t top = row * side, left = column * side;
            const ptrdiff_t down = height - top < side ? height - top : side;
            const ptrdiff_t right = width - left < side ? width - left : side;
            const ptrdiff_t place = image * g->output_pitch + ((block * height + top) * width + left) * 8;
            for (ptrdiff_t y = 0; y < down; y++) {
                for (ptrdiff_t x = 0; x < right; x++) {
                    const ptrdiff_t here = place + (y * width + x) * 8;
                    v8 value;
                    if (pool) {
                        const v8 *corner = pixels + 2 * y * m + 2 * x;
                        const v8 upper = NAME(larger)(corner[0], corner[1]);
                        value = NAME(larger)(upper, NAME(larger)(corner[m], corner[m + 1]));
                    } else {
                        value = pixels[y * m + x];
                    }
                    value += bias;
                    if (finish->residual) value += NAME(load)(finish->residual + here);
                    NAME(store)(output + here, NAME(limit)(value, low, high));
                }
                if (finish->function) NAME(activate)(finish, output + place + y * width * 8, right, 8);
            }
            if (++column == columns) {
                column = 0;
                if (++row == rows) row = 0, image++;
            }
        }
    }
}

#define WINOGRAD(M, N, STEP)                                                                                          \
    static __attribute__((noinline)) void NAME(winograd_input_##M##_##STEP)(                                          \
        const rec_winograd *g, const float *input, ptrdiff_t first_tile, ptrdiff_t tile_count, ptrdiff_t blocks,      \
        ptrdiff_t phase, float *transforms) {                                                                         \
        NAME(winograd_input_m)(M, N, STEP, g, input, first_tile, tile_count, blocks, phase, transforms);              \
    }                                                                                                                 \
    static __attribute__((noinline)) void NAME(winograd_output_##M##_##STEP)(                                         \
        const rec_winograd *g, const float *products, ptrdiff_t first_tile, ptrdiff_t tile_count, ptrdiff_t blocks,   \
        const rec_finish *finish, int pool, float *output) {                                                          \
        if (pool && M % 2 == 0) {                                                                                     \
            NAME(winograd_output_m)(M, N, g, products, first_tile, tile_count, blocks, finish, 1, output);            \
        } else {                                                                                                      \
            NAME(winograd_output_m)(M, N, g, products, first_tile, tile_count, blocks, finish, 0, output);            \
        }                                                                                                             \
    }
WINOGRAD(2, 4, 1)
WINOGRAD(4, 6, 1)
WINOGRAD(6, 8, 1)
WINOGRAD(7, 9, 1)
WINOGRAD(7, 8, 2)

static void NAME(winograd_input)(const rec_winograd *g, const float *input, ptrdiff_t first_tile,
                                 ptrdiff_t tile_count, ptrdiff_t blocks, ptrdiff_t phase, float *transforms) {
    switch (g->stride == 2 ? 0 : g->m) {
    case 2: NAME(winograd_input_2_1)(g, input, first_tile, tile_count, blocks, phase, transforms); break;
    case 4: NAME(winograd_input_4_1)(g, input, first_tile, tile_count, blocks, phase, transforms); break;
    case 6: NAME(winograd_input_6_1)(g, input, first_tile, tile_count, blocks, phase, transforms); break;
    case 7: NAME(winograd_input_7_1)(g, input, first_tile, tile_count, blocks, phase, transforms); break;
    default: NAME(winograd_input_7_2)(g, input, first_tile, tile_count, blocks, phase, transforms);
    }
}

static void NAME(winograd_output)(const rec_winograd *g, const float *products, ptrdiff_t first_tile,
                                  ptrdiff_t tile_count, ptrdiff_t blocks, const rec_finish *finish, int pool,
                                  float *output) {
    switch (g->stride == 2 ? 0 : g->m) {
    case 2: NAME(winograd_output_2_1)(g, products, first_tile, tile_count, blocks, finish, pool, output); break;
    case 4: NAME(winograd_output_4_1)(g, products, first_tile, tile_count, blocks, finish, pool, output); break;
    case 6: NAME(winograd_output_6_1)(g, products, first_tile, tile_count, blocks, finish, pool, output); break;
    case 7: NAME(winograd_output_7_1)(g, products, first_tile, tile_count, blocks, finish, pool, output); break;
    default: NAME(winograd_output_7_2)(g, products, first_tile, tile_count, blocks, finish, pool, output);
    }
}
