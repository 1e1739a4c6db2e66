internal import RecNetwork

/// The order in which the network holds a value of the graph.
enum ValueForm: Hashable {
    /// A vector of the tensor's elements, row-major.
    case vector
    /// A map whose values in CHW order are the tensor's: its channels are the outer dimensions.
    case planes(channels: Int)
    /// A map whose values in HWC order are the tensor's: its channels are the inner dimensions.
    case rows(channels: Int)

    /// The channels of the map; `nil` for a vector.
    var channels: Int? {
        switch self {
        case .vector: nil
        case .planes(let channels), .rows(let channels): channels
        }
    }
}

/// A value of the graph in the network, in one or several forms.
struct HeldValue {
    /// A value of the network with its shape.
    struct Held {
        let value: Network.Value
        let shape: FeatureMapShape
    }

    /// Element type and shape in the graph.
    let type: TensorType
    /// The form in which it was computed.
    let origin: ValueForm
    /// The value in each form that there is so far.
    var forms: [ValueForm: Held]

    init(_ type: TensorType, _ form: ValueForm, _ held: Held) {
        self.type = type
        origin = form
        forms = [form: held]
    }

    /// The same elements in another shape, of which all forms stay what they are.
    init(_ other: HeldValue, as type: TensorType) {
        self.type = type
        origin = other.origin
        forms = other.forms
    }

    /// The maps, that in which it was computed first.
    var maps: [ValueForm] {
        let all = forms.keys.filter { $0 != .vector }.sorted { ($0.channels ?? 0) < ($1.channels ?? 0) }
        return all.filter { $0 == origin } + all.filter { $0 != origin }
    }
}
