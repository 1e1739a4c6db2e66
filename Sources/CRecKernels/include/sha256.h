#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    /// Folds `count` blocks of 64 bytes into the eight words of SHA-256's state (FIPS 180-4, section 6.2.2); no alignment
    /// demanded. Padding is the caller's.
    void (*sha256)(uint32_t state[8], const uint8_t *blocks, size_t count);
} rec_digest_kernels;
