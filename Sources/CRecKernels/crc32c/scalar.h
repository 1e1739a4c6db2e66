// CRC-32C by one table, a byte at a time; contract in ../include/crc32c.h.
#include <pthread.h>

static uint32_t NAME(crc_table)[256];

static void NAME(fill_crc_table)(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t remainder = byte;
        for (int bit = 0; bit < 8; bit++) {
            remainder = (remainder >> 1) ^ ((remainder & 1) ? 0x82F63B78u : 0);
        }
        NAME(crc_table)[byte] = remainder;
    }
}

static uint32_t NAME(crc32c)(uint32_t crc, const uint8_t *bytes, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, NAME(fill_crc_table));
    crc = ~crc;
    for (size_t i = 0; i < count; i++) {
        crc = (crc >> 8) ^ NAME(crc_table)[(crc ^ bytes[i]) & 0xFF];
    }
    return ~crc;
}
