"""Runs networks with PyTorch on the CPU: frozen graphs in both layouts, or compiled; in 32-bit floats or bfloat16."""
import warnings

import torch

import networks
from protocol import NetworkWorker, serve

FROZEN_LAST, FROZEN, COMPILED = "frozen, channels last", "frozen", "compiled, channels last"


class Worker(NetworkWorker):
    version = f"PyTorch {torch.__version__}"

    def variants(self, batch, threads):
        return [FROZEN_LAST, FROZEN, COMPILED]

    @torch.inference_mode()
    def open(self, variant, command, images):
        torch.set_num_threads(command["threads"])
        model = networks.features(command["backbone"], command["weights"])
        pixels = torch.from_numpy(images)
        if command["arithmetic"] == "bfloat16":
            model, pixels = model.bfloat16(), pixels.bfloat16()
        if variant != FROZEN:
            model = model.to(memory_format=torch.channels_last)
            pixels = pixels.contiguous(memory_format=torch.channels_last)
        if variant == COMPILED:
            from torch._inductor import config

            config.freezing = True
            model = torch.compile(model)
            self.compute(model, pixels)  # The first run compiles.
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, pixels)))
        return lambda: self.compute(model, pixels)

    @torch.inference_mode()
    def compute(self, model, pixels):
        return model(pixels).float().numpy()


if __name__ == "__main__":
    serve(Worker().handlers())
