// SHA-256 in plain C; contract in ../include/sha256.h. The names are those of FIPS 180-4.
#include "constants.h"

static inline uint32_t NAME(rotated)(uint32_t x, int bits) { return x >> bits | x << (32 - bits); }

/// The words of the schedule, of which the last sixteen are enough: word t is in w[t % 16].
static inline uint32_t NAME(scheduled)(uint32_t w[16], int t) {
    uint32_t early = w[(t + 1) % 16], late = w[(t + 14) % 16];
    uint32_t sigma0 = NAME(rotated)(early, 7) ^ NAME(rotated)(early, 18) ^ early >> 3;
    uint32_t sigma1 = NAME(rotated)(late, 17) ^ NAME(rotated)(late, 19) ^ late >> 10;
    return w[t % 16] += sigma0 + w[(t + 9) % 16] + sigma1;
}

static void NAME(sha256)(uint32_t state[8], const uint8_t *blocks, size_t count) {
    for (; count > 0; count--, blocks += 64) {
        uint32_t w[16];
        for (int t = 0; t < 16; t++) {
            const uint8_t *bytes = blocks + 4 * t;
            w[t] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
        }
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
#pragma clang loop unroll(full)
        for (int t = 0; t < 64; t++) {
            uint32_t word = t < 16 ? w[t] : NAME(scheduled)(w, t);
            uint32_t sum1 = NAME(rotated)(e, 6) ^ NAME(rotated)(e, 11) ^ NAME(rotated)(e, 25);
            uint32_t sum0 = NAME(rotated)(a, 2) ^ NAME(rotated)(a, 13) ^ NAME(rotated)(a, 22);
            uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + rec_sha256_constants[t] + word;
            uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + t1;
            d = c, c = b, b = a, a = t1 + t2;
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d;
        state[4] += e, state[5] += f, state[6] += g, state[7] += h;
    }
}
