internal import RecCore
internal import RecFiles
internal import RecNetwork

extension ONNXReader {
    /// Reads a graph: the model's own, or one within an attribute.
    mutating func graph(in bytes: RawSpan, _ place: Range<Int>, depth: Int) throws -> ONNXGraph {
        guard depth <= ONNXLimits.graphDepth else { throw corrupt("Its graphs are nested too deep.") }
        var graph = ONNXGraph()
        var inputs: [ONNXValueInfo] = []
        var fields = ProtobufReader(place)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1:
                try count()
                graph.nodes.append(try node(in: bytes, try field.range, depth: depth))
            case 2: graph.name = try field.text(in: bytes)
            case 5:
                try count()
                let (name, constant) = try tensor(in: bytes, try field.range)
                try graph.add(constant, name, corrupt)
            case 11:
                try count()
                inputs.append(try valueInfo(in: bytes, try field.range))
            case 12:
                try count()
                graph.outputs.append(try valueInfo(in: bytes, try field.range))
            case 15:
                try count()
                let name = try sparseName(in: bytes, try field.range)
                try graph.add(unreadable("The tensor '\(name)' is sparse; export it dense."), name, corrupt)
            default: break
            }
        }
        // Up to version 3 of the file format initialisers are inputs too, whose value a caller may replace.
        graph.inputs = inputs.filter { graph.constants[$0.name] == nil }
        try graph.complete(corrupt)
        return graph
    }

    mutating func node(in bytes: RawSpan, _ place: Range<Int>, depth: Int) throws -> ONNXNode {
        var inputs: [String] = []
        var outputs: [String] = []
        var name = ""
        var operatorType = ""
        var domain = ""
        var overload = ""
        var attributes: [String: ONNXAttribute] = [:]
        var fields = ProtobufReader(place)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1:
                try count()
                inputs.append(try field.text(in: bytes))
            case 2:
                try count()
                outputs.append(try field.text(in: bytes))
            case 3: name = try field.text(in: bytes)
            case 4: operatorType = try field.text(in: bytes)
            case 5:
                try count()
                let (key, value) = try attribute(in: bytes, try field.range, depth: depth)
                guard attributes.updateValue(value, forKey: key) == nil else {
                    throw corrupt("A node has the attribute '\(key)' twice.")
                }
            case 7: domain = Self.canonicalDomain(try field.text(in: bytes))
            case 8: overload = try field.text(in: bytes)
            default: break
            }
        }
        return ONNXNode(
            name: name.isEmpty ? "\(operatorType) of '\(outputs.first ?? "")'" : name,
            operatorType: operatorType,
            domain: domain,
            overload: overload,
            inputs: inputs,
            outputs: outputs,
            attributes: attributes
        )
    }

    private func valueInfo(in bytes: RawSpan, _ place: Range<Int>) throws -> ONNXValueInfo {
        var name = ""
        var elementType: ElementType?
        var dimensions: [ONNXValueInfo.Dimension]?
        try bytes.forEachField(in: place) { field in
            if field.number == 1 { name = try field.text(in: bytes) }
            guard field.number == 2 else { return }
            try bytes.forEachField(in: try field.range) { type in
                guard type.number == 1 else { return }
                try bytes.forEachField(in: try type.range) { part in
                    if part.number == 1 { elementType = ElementType(onnx: Int(clamping: try part.integer)) }
                    if part.number == 2 { dimensions = try shape(in: bytes, try part.range) }
                }
            }
        }
        return ONNXValueInfo(name: name, elementType: elementType, dimensions: dimensions)
    }

    private func shape(in bytes: RawSpan, _ place: Range<Int>) throws -> [ONNXValueInfo.Dimension] {
        var dimensions: [ONNXValueInfo.Dimension] = []
        try bytes.forEachField(in: place) { field in
            guard field.number == 1 else { return }
            guard dimensions.count < ONNXLimits.rank else { throw corrupt("A shape has too many dimensions.") }
            var dimension = ONNXValueInfo.Dimension.free("")
            try bytes.forEachField(in: try field.range) { part in
                if part.number == 1 {
                    let size = Int(try part.integer)
                    dimension = size < 0 ? .free("") : .fixed(size)
                }
                if part.number == 2 { dimension = .free(try part.text(in: bytes)) }
            }
            dimensions.append(dimension)
        }
        return dimensions
    }

    private func sparseName(in bytes: RawSpan, _ place: Range<Int>) throws -> String {
        var name = ""
        try bytes.forEachField(in: place) { field in
            guard field.number == 1 else { return }
            try bytes.forEachField(in: try field.range) { part in
                if part.number == 8 { name = try part.text(in: bytes) }
            }
        }
        return name
    }
}
