#pragma once
#include "crc32c.h"
#include "pixels.h"
#include "resample.h"
