internal import RecNetwork

/// The place where the elements of a vector come from.
enum ElementOrigin {
    /// The vector has the elements of a map, in the order that the form says.
    case map(HeldValue.Held, ValueForm)
    /// The elements are those of another vector in other places.
    case moved(Network.Value, ElementPlaces)
    /// Each element is that of another vector times a factor.
    case scaled(Network.Value, factor: Float)
}

extension GraphLowering {
    /// The vector of a map's elements in the order of a form.
    mutating func vector(of map: HeldValue.Held, _ form: ValueForm) -> Network.Value {
        guard map.shape.pixels > 1, let channels = form.channels else { return map.value }
        let order: Rearrangement = form == .rows(channels: channels) ? .mapToRows : .mapToPlanes
        let vector = network.rearrangement(map.value, order)
        setOrigin(of: vector, .map(map, form))
        return vector
    }

    /// A vector whose elements are those of another in other places; several moves become one, moves that cancel none.
    mutating func move(_ vector: Network.Value, _ places: ElementPlaces, name: String) -> Network.Value {
        var (source, places) = (vector, places)
        if case .moved(let first, let inner)? = origins[vector] {
            (source, places) = (first, moves.places(places, after: inner))
        }
        if places.isIdentity { return source }
        let operation = MoveOperation(name: name, inputCount: places.count, places: places.indices)
        let moved = network.general(operation, [source])
        setOrigin(of: moved, .moved(source, places))
        return moved
    }

    /// The map in whose order a vector lies, if it was made from one and the elements are back in their places.
    func map(behind vector: Network.Value, _ form: ValueForm) -> HeldValue.Held? {
        guard case .map(let held, form)? = origins[vector] else { return nil }
        return held
    }
}
