// The functions of rec_function on vectors, and a pass over values that have just been stored.

typedef int v8i __attribute__((vector_size(32)));

/// Values of `yes` where `mask` has all bits set, of `no` where it has none.
INLINE v8 NAME(select)(v8i mask, v8 yes, v8 no) { return (v8)((mask & (v8i)yes) | (~mask & (v8i)no)); }

/// e^x, with a relative error of some 1e-7; beyond -87 and 88 that of the end.
INLINE v8 NAME(exponential)(v8 x) {
    x = NAME(limit)(x, NAME(splat)(-87), NAME(splat)(88));
    // x = n ln 2 + r with n whole: adding 1.5 * 2^23 rounds. The first part of ln 2 has few bits, so n times it is exact.
    const v8 rounder = NAME(splat)(12582912);
    const v8 n = (x * 1.44269504f + rounder) - rounder;
    const v8 r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    v8 sum = NAME(splat)(1.0f / 5040);
    sum = sum * r + 1.0f / 720;
    sum = sum * r + 1.0f / 120;
    sum = sum * r + 1.0f / 24;
    sum = sum * r + 1.0f / 6;
    sum = sum * r + 0.5f;
    sum = sum * r + 1.0f;
    sum = sum * r + 1.0f;
    return sum * (v8)((__builtin_convertvector(n, v8i) + 127) << 23);
}

INLINE v8 NAME(sigmoid)(v8 x) { return 1.0f / (1.0f + NAME(exponential)(-x)); }

/// Near zero by four terms of Lambert's continued fraction, elsewhere by e^2x.
INLINE v8 NAME(tanh)(v8 x) {
    const v8 square = x * x;
    const v8 near = x * ((square + 105.0f) * square + 945.0f) / ((15.0f * square + 420.0f) * square + 945.0f);
    const v8 far = 1.0f - 2.0f / (NAME(exponential)(2.0f * x) + 1.0f);
    return NAME(select)(square < 0.36f, near, far);
}

/// x times the normal distribution's Phi(x) = max(x, 0) - |x| Phi(-|x|), within 2e-7 for |x| up to 1 and 2e-7 |x| beyond.
///
/// Phi(-|x|) is a polynomial of Abramowitz and Stegun 7.1.26, within 8e-8, times e^(-x^2 / 2). Its absolute error is what
/// counts, so the power of two that takes the place of e needs no exact reduction: 2^w = 2^n 2^(w - n), with n whole and
/// the second factor by a minimax polynomial. Beyond 13 the tail is below the smallest normal float.
INLINE v8 NAME(gelu)(v8 x) {
    const v8 size = NAME(smaller)(NAME(splat)(13), (v8)((v8i)x & 0x7FFFFFFF));
    const v8 t = 1.0f / (0.231641888f * size + 1.0f);
    v8 sum = 0.5307027145f * t - 0.7265760135f;
    sum = sum * t + 0.7107068705f;
    sum = sum * t - 0.142248368f;
    sum = sum * t + 0.127414796f;
    // (x sqrt(log2(e) / 2))^2 = x^2 / 2 * log2(e). Adding 1.5 * 2^23 rounds, and leaves n in the lowest bits.
    const v8 root = size * 0.849321800f;
    const v8 w = -(root * root), rounded = w + 12582912.0f;
    const v8 r = w - (rounded - 12582912.0f);
    v8 power = 1.54614447e-4f * r + 1.34004282e-3f;
    power = power * r + 9.61805668e-3f;
    power = power * r + 5.55032723e-2f;
    power = power * r + 0.240226509f;
    power = power * r + 0.693147207f;
    power = power * r + 1.0f;
    const v8 scaled = (v8)((v8i)power + ((v8i)rounded << 23));
    const v8 positive = NAME(limit)(x, (v8){0}, NAME(splat)(INFINITY));
    return positive - size * (sum * t * scaled);
}

INLINE v8 NAME(function)(const rec_function function, const v8 x, const rec_finish *finish) {
    const v8 zero = {0};
    switch (function) {
    case REC_IDENTITY: return x;
    case REC_SILU: return x * NAME(sigmoid)(x);
    case REC_HARD_SWISH: return x * NAME(limit)(x + 3.0f, zero, NAME(splat)(6)) * (1.0f / 6);
    case REC_SIGMOID: return NAME(sigmoid)(x);
    case REC_HARD_SIGMOID: return NAME(limit)(x * finish->slope + finish->offset, zero, NAME(splat)(1));
    case REC_TANH: return NAME(tanh)(x);
    case REC_GELU: return NAME(gelu)(x);
    case REC_TANH_GELU: return x * NAME(sigmoid)((x * x * 0.0713548163f + 1.59576912f) * x);
    case REC_QUICK_GELU: return x * NAME(sigmoid)(1.702f * x);
    }
    return x;
}

/// Applies the function of a layer to `count` vectors that lie `pitch` floats apart.
static __attribute__((noinline)) void NAME(activate)(const rec_finish *finish, float *values, ptrdiff_t count,
                                                     ptrdiff_t pitch) {
#define PASS(FUNCTION)                                                                                                \
    case FUNCTION:                                                                                                    \
        for (float *end = values + count * pitch; values != end; values += pitch) {                                   \
            NAME(store)(values, NAME(function)(FUNCTION, NAME(load)(values), finish));                                \
        }                                                                                                             \
        break;
    switch (finish->function) {
    case REC_IDENTITY: break;
    PASS(REC_SILU)
    PASS(REC_HARD_SWISH)
    PASS(REC_SIGMOID)
    PASS(REC_HARD_SIGMOID)
    PASS(REC_TANH)
    PASS(REC_GELU)
    PASS(REC_TANH_GELU)
    PASS(REC_QUICK_GELU)
    }
#undef PASS
}
