import RecCompute
import RecCore

/// An encoder of one attribute, `colour`, that breaks one promise.
final class FaultyEncoder: MetadataEncoder {
    /// The promise that is broken; the text is what the suite says of it.
    enum Fault: String, CaseIterable, Sendable {
        /// Codes change from call to call.
        case forgetful = "encoding must be deterministic"
        /// Codes are of another space than announced.
        case otherSpace = "codes must be of the encoder's space"
        /// The space changes with every product.
        case changesSpace = "the space must not change"
        /// The identifier counts.
        case readsIdentifier = "only attributes may count, not the identifier"
        /// The title counts.
        case readsTitle = "only attributes may count, not the title"
    }

    private static let colours = AttributeSpace.Category.values("Blue", "Red")

    private let fault: Fault?
    private let calls = LockedValue(0)

    init(_ fault: Fault?) { self.fault = fault }

    var space: AttributeSpace {
        let number = calls.withLock { $0 }
        let isOther = fault == .changesSpace && number > 0
        return AttributeSpace(attributes: [
            .init(name: isOther ? "colour \(number)" : "colour", categories: Self.colours)
        ])
    }

    func encode(_ product: Product) throws -> AttributeCodes? {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        guard var column = Self.colours.firstIndex(of: .value(product["colour"].first ?? "")) else { return nil }
        switch fault {
        case .forgetful: column = number % 2
        case .readsIdentifier: column = product.id.rawValue.utf8.count % 2
        case .readsTitle: column = (product.title ?? "").utf8.count % 2
        case .otherSpace:
            let other = AttributeSpace(attributes: [.init(name: "hue", categories: Self.colours)])
            return try AttributeCodes(columns: [UInt32(column)], space: other)
        case .changesSpace, nil: break
        }
        return try AttributeCodes(columns: [UInt32(column)], space: space)
    }
}

extension AttributeSpace.Category {
    fileprivate static func values(_ names: String...) -> [AttributeSpace.Category] { names.map { .value($0) } }
}
