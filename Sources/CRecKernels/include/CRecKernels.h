#pragma once
#include "blocked_f32.h"
#include "convolution_f32.h"
#include "crc32c.h"
#include "dot_f32.h"
#include "pixels.h"
#include "resample.h"
#include "tensor_f32.h"
