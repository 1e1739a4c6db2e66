internal import RecCore

/// What to do about files of PyTorch that hold more, or something else, than a table of tensors.
enum TorchAdvice {
    /// The advice for a program that `torch.jit.save` wrote.
    static let script =
        "Load it with torch.jit.load(path) and save its weights with torch.save(model.state_dict(), 'weights.pth')."

    /// The advice for a program that `torch.export.save` wrote.
    static let exported =
        "Save the weights of the model that it was made of with torch.save(model.state_dict(), 'weights.pth')."

    /// The advice for a distributed checkpoint.
    static let distributed =
        "Join its parts with 'python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER weights.pth' "
        + "and give that file."

    /// The error for a global that is not on the allow-list.
    static func forbidden(module: String, name: String, in region: ByteRegion) -> RecError {
        if module.hasPrefix("torch.distributed.checkpoint") { return region.foreign(ForeignKind.distributed.message) }
        let asked =
            "Its pickle asks for \(module.prefix(100)).\(name.prefix(100)), which is not part of a table of tensors"
        let isModel =
            ["torch.nn.modules.", "torchvision.", "timm."].contains { module.hasPrefix($0) }
            || module == "__main__"
        let advice =
            isModel
            ? ": a whole model was saved, with its code. Save torch.save(model.state_dict(), 'weights.pth') instead."
            : ". Save the model's state_dict alone, or as safetensors."
        return region.forbidden(asked + "; nothing was executed" + advice)
    }
}
