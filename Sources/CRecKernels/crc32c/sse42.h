// CRC-32C by the instruction that came with SSE4.2; contract in ../include/crc32c.h.

/// Bytes of one of three stripes that are taken at the same time, as the instruction takes three cycles but one may
/// start in each.
enum { STRIPE = 4096 };

/// What a stripe of zeros makes of each byte of a remainder; remainders are linear, so those of three stripes add up.
static uint32_t NAME(beyond_stripe)[4][256];

static void NAME(fill_beyond_stripe)(void) {
    for (uint32_t place = 0; place < 4; place++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint64_t remainder = (uint64_t)byte << (8 * place);
            for (size_t i = 0; i < STRIPE; i += 8) remainder = _mm_crc32_u64(remainder, 0);
            NAME(beyond_stripe)[place][byte] = (uint32_t)remainder;
        }
    }
}

static uint32_t NAME(after_stripe)(uint32_t crc) {
    return NAME(beyond_stripe)[0][crc & 0xFF] ^ NAME(beyond_stripe)[1][crc >> 8 & 0xFF] ^ NAME(beyond_stripe)[2][crc >> 16 & 0xFF]
           ^ NAME(beyond_stripe)[3][crc >> 24];
}

static uint32_t NAME(crc32c_stripes)(uint32_t crc, const uint8_t *bytes) {
    uint64_t first = crc, second = 0, third = 0;
    for (size_t i = 0; i < STRIPE; i += 8) {
        uint64_t words[3];
        memcpy(&words[0], bytes + i, 8);
        memcpy(&words[1], bytes + STRIPE + i, 8);
        memcpy(&words[2], bytes + 2 * STRIPE + i, 8);
        first = _mm_crc32_u64(first, words[0]);
        second = _mm_crc32_u64(second, words[1]);
        third = _mm_crc32_u64(third, words[2]);
    }
    return NAME(after_stripe)(NAME(after_stripe)((uint32_t)first) ^ (uint32_t)second) ^ (uint32_t)third;
}

static uint32_t NAME(crc32c)(uint32_t crc, const uint8_t *bytes, size_t count) {
    crc = ~crc;
    if (count >= 3 * STRIPE) {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        pthread_once(&once, NAME(fill_beyond_stripe));
        for (; count >= 3 * STRIPE; count -= 3 * STRIPE, bytes += 3 * STRIPE) crc = NAME(crc32c_stripes)(crc, bytes);
    }
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
    return ~crc;
}
