internal import RecNetwork

/// The heads of an operand of attention as channels of a map whose positions are its tokens.
struct HeadPlacement {
    let map: HeldValue.Held
    let heads: Attention.Heads
    /// The number of heads.
    let count: Int
    /// What the elements of the map were multiplied by.
    let factor: Float
}

/// The order of the elements of an operand of attention.
enum HeadOrder {
    /// Heads, tokens, channels.
    case tokensByChannels
    /// Heads, channels, tokens.
    case channelsByTokens
    /// Tokens, then the channels of so many heads.
    case rows(heads: Int)
}

extension GraphLowering {
    /// Finds the map that an operand was moved from.
    ///
    /// - Returns: `nil` when it was not moved from a map, or a head is not whole blocks of neighbouring channels.
    mutating func headPlacement(_ name: String, _ order: HeadOrder = .tokensByChannels) -> HeadPlacement? {
        guard let shape = type(name)?.shape, shape.count >= 2, let vector = vector(name) else { return nil }
        let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
        let outer = shape.dropLast(2).reduce(1, *)
        let count: Int, tokens: Int, channels: Int
        // From a head, a token and a channel to the next.
        let pitch: (head: Int, token: Int, channel: Int)
        switch order {
        case .tokensByChannels:
            (count, tokens, channels) = (outer, rows, columns)
            pitch = (rows * columns, columns, 1)
        case .channelsByTokens:
            (count, tokens, channels) = (outer, columns, rows)
            pitch = (rows * columns, 1, columns)
        case .rows(let heads):
            guard outer == 1, heads > 0, columns % heads == 0 else { return nil }
            (count, tokens, channels) = (heads, rows, columns / heads)
            pitch = (channels, columns, 1)
        }
        let origin = unwound(vector)
        guard case .map(let map, let form)? = origins[origin.root], let width = form.channels,
            map.shape.pixels == tokens
        else { return nil }
        let indices = origin.places?.indices
        let isRows = form == .rows(channels: width)
        func place(_ head: Int, _ token: Int, _ channel: Int) -> (channel: Int, token: Int) {
            let index = head * pitch.head + token * pitch.token + channel * pitch.channel
            let place = indices.map { Int($0[index]) } ?? index
            return isRows ? (place % width, place / width) : (place / tokens, place % tokens)
        }
        let first = place(0, 0, 0).channel
        let stride = count > 1 ? place(1, 0, 0).channel - first : 0
        let heads = Attention.Heads(first: first, stride: stride, count: channels)
        guard heads.isBlocked else { return nil }
        for head in 0..<count {
            for token in 0..<tokens {
                for channel in 0..<channels
                where place(head, token, channel) != (first + head * stride + channel, token) { return nil }
            }
        }
        return HeadPlacement(map: map, heads: heads, count: count, factor: origin.factor)
    }

    /// The vector that the elements of another were first moved and scaled from.
    private mutating func unwound(
        _ vector: Network.Value
    ) -> (root: Network.Value, places: ElementPlaces?, factor: Float) {
        var result: (root: Network.Value, places: ElementPlaces?, factor: Float) = (vector, nil, 1)
        while let origin = origins[result.root] {
            switch origin {
            case .map: return result
            case .moved(let source, let inner):
                result.places = result.places.map { moves.places($0, after: inner) } ?? inner
                result.root = source
            case .scaled(let source, let factor):
                result.factor *= factor
                result.root = source
            }
        }
        return result
    }
}
