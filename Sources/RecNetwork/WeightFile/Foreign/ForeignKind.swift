/// A kind of file that people give as weights though it is something else: what it is called, and what to do.
struct ForeignKind: Sendable {
    /// The name, with its article: "a TensorFlow Lite model".
    let name: String
    /// A sentence that says what to do.
    let advice: String

    init(_ name: String, _ advice: String) {
        self.name = name
        self.advice = advice
    }

    /// The whole message.
    var message: String {
        "This is \(name), not safetensors, a PyTorch checkpoint or a Keras HDF5 file. \(advice)"
    }

    private static let fromPyTorch = "Give the weights of the PyTorch or Keras model that it was made of."

    static let savedModel = ForeignKind(
        "a TensorFlow SavedModel",
        "Open its folder with tf_keras.models.load_model or keras.layers.TFSMLayer, and save the weights with "
            + "model.save_weights('model.weights.h5')."
    )
    static let tensorFlowCheckpoint = ForeignKind(
        "a part of a TensorFlow checkpoint",
        "Build the model in Keras, call model.load_weights with the path without its ending, and save the weights with "
            + "model.save_weights('model.weights.h5')."
    )
    static let tensorFlowGraph = ForeignKind(
        "a frozen TensorFlow graph",
        "Give the weights of the Keras model that it was made of, saved with model.save_weights('model.weights.h5')."
    )
    static let tensorFlowJS = ForeignKind(
        "a TensorFlow.js model",
        "Convert it with 'tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras'."
    )
    static let tensorFlowLite = ForeignKind(
        "a TensorFlow Lite model",
        "Its weights are folded and often quantised. \(fromPyTorch)"
    )
    static let distributed = ForeignKind("a distributed checkpoint", TorchAdvice.distributed)
    static let paddle = ForeignKind(
        "a PaddlePaddle file",
        "Load it with paddle.load, turn each array into a torch.Tensor under the name that torchvision gives it, and "
            + "save the dictionary with torch.save."
    )
    static let coreML = ForeignKind("a Core ML model", fromPyTorch)
    static let openVINO = ForeignKind("a part of an OpenVINO model (.xml and .bin)", fromPyTorch)
    static let onnx = ForeignKind(
        "an ONNX model",
        "It brings its network: leave --backbone out, or give Backbone(onnx:) in code."
    )
    static let gguf = ForeignKind("a GGUF model", "It holds a language model. Give the weights of a picture network.")
    static let mxNet = ForeignKind(
        "an MXNet parameter file",
        "Load it with mxnet.nd.load, turn each array into a torch.Tensor under the name that torchvision gives it, and "
            + "save the dictionary with torch.save."
    )
    static let caffe = ForeignKind("a Caffe model", fromPyTorch)
    static let darknet = ForeignKind("a Darknet weight file", fromPyTorch)
    static let ncnn = ForeignKind("an ncnn model", fromPyTorch)
    static let torch7 = ForeignKind("a Torch7 file", fromPyTorch)
    static let matlab = ForeignKind(
        "a MATLAB file",
        "Load it with scipy.io.loadmat, and save its arrays as a dictionary of tensors with torch.save."
    )
    static let numpy = ForeignKind(
        "a NumPy array",
        "Save all arrays as one dictionary of tensors with torch.save or safetensors.numpy.save_file."
    )
    static let flax = ForeignKind(
        "a MessagePack file, as Flax writes",
        "Load it with flax.serialization.msgpack_restore, or with the PyTorch class of transformers and from_flax=True, "
            + "and save its weights as safetensors."
    )
    static let orbax = ForeignKind(
        "an Orbax checkpoint of JAX",
        "Restore it with orbax.checkpoint, and save its arrays with safetensors.flax.save_file."
    )
    static let exported = ForeignKind("a program of torch.export", TorchAdvice.exported)
    static let gzip = ForeignKind("a gzip archive", "Unpack it first.")
    static let webPage = ForeignKind(
        "a web page, probably the error page of a failed download",
        "Fetch the file again."
    )
    static let gitLFS = ForeignKind(
        "a Git LFS pointer",
        "Run 'git lfs pull' to get the file itself."
    )

    /// By the ending of the name, for files whose bytes say nothing.
    static func named(_ path: String) -> ForeignKind? {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if name.contains(".data-00000-of-") || name.hasSuffix(".ckpt.index") || name.hasSuffix(".ckpt.meta") {
            return .tensorFlowCheckpoint
        }
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return byEnding[String(name[dot...].dropFirst())]
    }

    private static let byEnding: [String: ForeignKind] = [
        "pdparams": .paddle, "pdopt": .paddle, "pdmodel": .paddle, "pdiparams": .paddle, "tflite": .tensorFlowLite,
        "mlmodel": .coreML, "mlpackage": .coreML, "onnx": .onnx, "gguf": .gguf, "params": .mxNet,
        "caffemodel": .caffe, "prototxt": .caffe, "mat": .matlab, "npy": .numpy, "npz": .numpy, "msgpack": .flax,
        "distcp": .distributed, "param": .ncnn, "weights": .darknet, "t7": .torch7, "pt2": .exported,
        "pbtxt": .tensorFlowGraph,
    ]
}
