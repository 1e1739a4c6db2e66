internal import RecCore

extension PickleMachine {
    /// Carries out an opcode that makes or fills a container, names a global, or applies one.
    mutating func build(_ opcode: UInt8) throws(RecError) {
        switch Character(Unicode.Scalar(opcode)) {
        case ")": try push(.tuple([]))
        case "]": try push(.list([]))
        case "}": try push(.dictionary([]))
        case "t": try push(.tuple(try popToMark()))
        case "l": try push(.list(try popToMark()))
        case "d": try push(.dictionary(try pairs(try popToMark())))
        case "\u{85}": try pushTuple(count: 1)
        case "\u{86}": try pushTuple(count: 2)
        case "\u{87}": try pushTuple(count: 3)
        case "\u{8F}": try push(.opaque)
        case "\u{90}": _ = try popToMark()
        case "\u{91}":
            _ = try popToMark()
            try push(.opaque)
        case "a": try append([try pop()])
        case "e": try append(try popToMark())
        case "s":
            let value = try pop()
            try setItems([try pop(), value])
        case "u": try setItems(try popToMark())
        case "c": try pushGlobal(module: try reader.line(limit: 256), name: try reader.line(limit: 256))
        case "\u{93}":
            let name = graph.text(try pop())
            guard let name, let module = graph.text(try pop()) else { throw damaged }
            try pushGlobal(module: module, name: name)
        case "R", "\u{81}":
            let arguments = try pop()
            try apply(try pop(), to: arguments)
        case "b": _ = try pop()
        case "Q": try push(.persistent(try pop()))
        case "P":
            try push(.text(try reader.line(limit: 256)))
            try push(.persistent(try pop()))
        default:
            throw region.unsupported(
                "Its pickle uses opcode 0x\(String(opcode, radix: 16)), which weights do not need. "
                    + "Save the model's state_dict alone."
            )
        }
    }

    private mutating func pushTuple(count: Int) throws(RecError) {
        var elements: [Int] = []
        for _ in 0..<count { elements.append(try pop()) }
        try push(.tuple(elements.reversed()))
    }

    private func pairs(_ items: [Int]) throws(RecError) -> [Int] {
        guard items.count.isMultiple(of: 2) else { throw damaged }
        return items
    }

    private mutating func append(_ items: [Int]) throws(RecError) {
        let target = try top()
        guard case .list(var elements) = graph.nodes[target] else {
            // Elements of objects that are passed over.
            guard case .opaque = graph.nodes[target] else { throw damaged }
            return
        }
        graph.nodes[target] = .none
        elements += items
        graph.nodes[target] = .list(elements)
    }

    private mutating func setItems(_ items: [Int]) throws(RecError) {
        let target = try top()
        guard case .dictionary(var entries) = graph.nodes[target] else {
            guard case .opaque = graph.nodes[target] else { throw damaged }
            return
        }
        graph.nodes[target] = .none
        entries += try pairs(items)
        graph.nodes[target] = .dictionary(entries)
    }

    private mutating func pushGlobal(module: String, name: String) throws(RecError) {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw TorchAdvice.forbidden(module: module, name: name, in: region)
        }
        try push(.global(global))
    }

    /// Records what is applied to which arguments; dictionaries are made at once, since they are filled afterwards.
    private mutating func apply(_ callee: Int, to arguments: Int) throws(RecError) {
        guard case .global(let global) = graph.nodes[callee], let elements = graph.elements(arguments) else {
            throw damaged
        }
        switch global {
        case .dictionary:
            // Python 2 wrote the items of an OrderedDict as a list of pairs.
            var entries: [Int] = []
            for pair in elements.first.flatMap({ graph.elements($0) }) ?? [] {
                guard let items = graph.elements(pair), items.count == 2 else { throw damaged }
                entries += items
            }
            try countCopies(entries.count)
            try push(.dictionary(entries))
        case .ignored, .storage, .elementType:
            try push(.opaque)
        case .bytes:
            try push(.bytes(elements.first.flatMap { graph.text($0) }))
        case .rebuildTensor, .rebuildTypedTensor, .rebuildParameter, .rebuildFromType, .foreignTensor:
            try countCopies(elements.count)
            try push(.call(global, elements))
        }
    }
}
