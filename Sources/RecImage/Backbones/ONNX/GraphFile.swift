internal import RecCore
internal import RecFiles
package import RecNetwork
package import RecONNX

/// An ONNX file that serves as a backbone: the graph with its weights, and the picture that it takes.
package struct GraphFile: Sendable {
    /// The name in recipes of vectors from ONNX files; the weights say which file.
    package static let backboneName = "onnx"

    /// The heights and widths of pictures.
    private static let sides = 1...Plan.largestSide

    /// The model.
    package let model: ONNXModel
    /// The name of its only input, and whether channels are its last dimension.
    private let input: (name: String, hasChannelsLast: Bool)
    /// The size of pictures that the file fixes; `nil` where it is free.
    package let size: ImageSize?

    /// Takes a file as a backbone.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` when the graph does not take one picture of three channels.
    package init(_ model: ONNXModel) throws {
        self.model = model
        let path = model.path
        guard model.graph.inputs.count == 1, let first = model.graph.inputs.first,
            let dimensions = first.dimensions, dimensions.count == 4
        else {
            let names = model.graph.inputs.map { "'\($0.name)'" }.joined(separator: ", ")
            throw RecError(
                .unsupportedONNX,
                path: path,
                "The inputs are \(names.isEmpty ? "none" : names); a backbone has one input of four dimensions, a picture. "
                    + "Export the picture's part of the model alone."
            )
        }
        let hasChannelsLast = dimensions[3] == .fixed(3) && dimensions[1] != .fixed(3)
        guard dimensions[hasChannelsLast ? 3 : 1].admits(3), dimensions[0].admits(1) else {
            throw RecError(
                .unsupportedONNX,
                path: path,
                "The input '\(first.name)' is \(first.dimensions ?? []); a backbone takes a batch that is free or 1, of three "
                    + "channels. Export the model so."
            )
        }
        input = (first.name, hasChannelsLast)
        let sides = hasChannelsLast ? (dimensions[1], dimensions[2]) : (dimensions[2], dimensions[3])
        guard case (.fixed(let height), .fixed(let width)) = sides else {
            size = nil
            return
        }
        guard Self.sides.contains(height), Self.sides.contains(width) else {
            throw RecError(
                .unsupportedONNX,
                path: path,
                "The input '\(first.name)' is a picture of \(width)x\(height); sides are from 1 to \(Self.sides.upperBound)."
            )
        }
        size = ImageSize(width: width, height: height)
    }

    /// The graph as a network for pictures of one size.
    ///
    /// - Parameters:
    ///   - layer: `pooled` for the last tensor before the classifier, or the name of a tensor.
    ///   - size: The size of the pictures: ``size``, where the file fixes one.
    ///   - pooling: The pooling; with `none`, features are in the order of the tensor.
    /// - Returns: The network.
    /// - Throws: `RecError` with the codes of folding and lowering.
    package func lowered(layer: FeatureLayer, size: ImageSize, pooling: FeaturePooling) throws -> LoweredNetwork {
        let shape = input.hasChannelsLast ? [1, size.height, size.width, 3] : [1, 3, size.height, size.width]
        return try LoweredNetwork(
            model,
            inputShapes: [input.name: shape],
            cutAt: layer == .pooled ? nil : layer.rawValue,
            as: pooling == .none ? .vector : .map
        )
    }

    /// The SHA-256 of the file, or, when weights are in further files, of the lines that `sha256sum` prints for all of
    /// them, in the order of their names.
    ///
    /// - Complexity: Reads all files.
    package func sha256() throws -> String {
        var files: [String: MappedFile] = [:]
        for constant in model.graph.constants.values {
            if case .mapped(let file, _) = constant.content { files[file.path] = file }
        }
        if files[model.path] == nil { files[model.path] = try Self.map(model.path) }
        return MappedFile.sha256(of: files.values.sorted { $0.name < $1.name })
    }

    private static func map(_ path: String) throws -> MappedFile {
        do {
            return try MappedFile(path: path)
        } catch {
            throw RecError(error)
        }
    }
}

extension ONNXValueInfo.Dimension {
    /// Whether the dimension can be of that size.
    fileprivate func admits(_ size: Int) -> Bool {
        if case .fixed(let fixed) = self { fixed == size } else { true }
    }
}
