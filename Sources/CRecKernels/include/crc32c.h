#pragma once
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of `count` bytes, continued from `crc` (0 to start).
uint32_t rec_crc32c(uint32_t crc, const uint8_t *bytes, size_t count);

/// The variant that runs anywhere, for tests to compare with.
uint32_t rec_crc32c__portable(uint32_t crc, const uint8_t *bytes, size_t count);
