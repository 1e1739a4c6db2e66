#pragma once
#include "kernels.h"
#include "pixels.h"
#include "placement.h"
#include "tensor_f32.h"
