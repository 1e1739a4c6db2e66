"""The contest of networks in bfloat16 and int8: who takes part, and the files of quantised networks."""
from harness import machine

#: Whose arithmetics a rival's own tools give.
RIVALS = {"bfloat16": ["openvino", "pytorch"], "int8": ["onnxruntime", "openvino"]}
BACKBONES = ["resnet50", "efficientnet-lite0"]
#: Our library in 32-bit floats, beside those in fewer bits.
OUR_FLOATS = "ours-float32"
#: The first pictures are measured on, the others calibrate.
MEASURED_ON = 8


def is_measured(backbone, arithmetic):
    """Processors without products of bfloat16 only emulate them."""
    if arithmetic == "bfloat16" and "avx512_bf16" not in machine.instruction_sets():
        return False
    return arithmetic == "float32" or backbone in BACKBONES


def files(engine, pictures):
    """Endings of the files that an engine opens for int8, by what the command calls them."""
    count = pictures - MEASURED_ON
    endings = {"calibration": f"calibration.{count}.f32"}
    if engine in RIVALS["int8"]:
        endings["onnx"] = f"int8.{count}.{'onnx' if engine == 'onnxruntime' else 'xml'}"
    return endings
