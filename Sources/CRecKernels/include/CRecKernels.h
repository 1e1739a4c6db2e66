#pragma once
#include "crc32c.h"
#include "dot_f32.h"
