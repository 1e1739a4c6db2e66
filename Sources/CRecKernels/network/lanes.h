// Loads, stores and limits of vectors, for the level of the including file.

INLINE v8 NAME(load)(const float *from) { return *(const v8_unaligned *)from; }
INLINE void NAME(store)(float *to, v8 value) { *(v8_unaligned *)to = value; }
INLINE v8 NAME(splat)(float x) { return (v8){x, x, x, x, x, x, x, x}; }

#if HAS_AVX2
// The second operand is the result when one is NaN: that of min and max here, and that of `smaller`.
INLINE v8 NAME(limit)(v8 value, v8 low, v8 high) { return _mm256_min_ps(high, _mm256_max_ps(low, value)); }
INLINE v8 NAME(smaller)(v8 a, v8 b) { return _mm256_min_ps(a, b); }
INLINE v8 NAME(larger)(v8 a, v8 b) {
    v8 larger = _mm256_max_ps(b, a);
    return _mm256_blendv_ps(larger, b, _mm256_cmp_ps(b, b, _CMP_UNORD_Q));
}
#else
INLINE v8 NAME(limit)(v8 value, v8 low, v8 high) {
    UNROLL for (int i = 0; i < 8; i++) {
        value[i] = value[i] < low[i] ? low[i] : value[i] > high[i] ? high[i] : value[i];
    }
    return value;
}
INLINE v8 NAME(smaller)(v8 a, v8 b) {
    UNROLL for (int i = 0; i < 8; i++) b[i] = b[i] > a[i] ? a[i] : b[i];
    return b;
}
INLINE v8 NAME(larger)(v8 a, v8 b) {
    UNROLL for (int i = 0; i < 8; i++) a[i] = a[i] > b[i] || a[i] != a[i] ? a[i] : b[i];
    return a;
}
#endif
