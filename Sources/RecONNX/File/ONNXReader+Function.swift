internal import RecFiles

extension ONNXReader {
    /// Reads a function with its nodes.
    mutating func function(in bytes: RawSpan, _ place: Range<Int>) throws -> ONNXFunction {
        var function = ONNXFunction()
        var name = ""
        var domain = ""
        var overload = ""
        var fields = ProtobufReader(place)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1: name = try field.text(in: bytes)
            case 4:
                try count()
                function.inputs.append(try field.text(in: bytes))
            case 5:
                try count()
                function.outputs.append(try field.text(in: bytes))
            case 7:
                try count()
                function.nodes.append(try node(in: bytes, try field.range, depth: 0))
            case 9:
                try count()
                let (domain, version) = try operatorSet(in: bytes, try field.range)
                if domain.isEmpty { function.opset = version }
            case 10: domain = Self.canonicalDomain(try field.text(in: bytes))
            case 11:
                try count()
                let (key, value) = try attribute(in: bytes, try field.range, depth: 0)
                function.defaults[key] = value
            case 13: overload = try field.text(in: bytes)
            default: break
            }
        }
        function.key = ONNXFunction.Key(domain: domain, name: name, overload: overload)
        return function
    }
}
