#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    /// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of `count` bytes, continued from `crc` (0 to start); any
    /// length and alignment.
    uint32_t (*crc32c)(uint32_t crc, const uint8_t *bytes, size_t count);
} rec_checksum_kernels;
