// Contract: rec_crc32c(rec_crc32c(0, a), b) equals rec_crc32c(0, ab); any length and alignment.
// Variants: portable (one table, a byte at a time), SSE4.2 crc32 instruction.
#include "include/crc32c.h"

#include <pthread.h>
#include <string.h>

static uint32_t table[256];

static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t remainder = byte;
        for (int bit = 0; bit < 8; bit++) {
            remainder = (remainder >> 1) ^ ((remainder & 1) ? 0x82F63B78u : 0);
        }
        table[byte] = remainder;
    }
}

static uint32_t crc32c_portable(uint32_t crc, const uint8_t *bytes, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill_table);
    for (size_t i = 0; i < count; i++) {
        crc = (crc >> 8) ^ table[(crc ^ bytes[i]) & 0xFF];
    }
    return crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t crc, const uint8_t *bytes, size_t count) {
    uint64_t wide = crc;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        wide = _mm_crc32_u64(wide, word);
        bytes += 8;
        count -= 8;
    }
    crc = (uint32_t)wide;
    while (count--) {
        crc = _mm_crc32_u8(crc, *bytes++);
    }
    return crc;
}
#endif

uint32_t rec_crc32c__portable(uint32_t crc, const uint8_t *bytes, size_t count) {
    return ~crc32c_portable(~crc, bytes, count);
}

uint32_t rec_crc32c(uint32_t crc, const uint8_t *bytes, size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) {
        return ~crc32c_sse42(~crc, bytes, count);
    }
#endif
    return rec_crc32c__portable(crc, bytes, count);
}
