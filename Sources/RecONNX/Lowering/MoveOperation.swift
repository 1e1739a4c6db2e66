internal import RecNetwork

/// An operation that only moves values: each of the output is one of the input.
struct MoveOperation: GeneralOperation {
    let name: String
    let inputCount: Int
    /// For each place of the output the place of the input.
    let places: [Int32]

    var inputCounts: [Int] { [inputCount] }
    var outputCount: Int { places.count }
    var moves: [Int32]? { places }

    func evaluate(_ inputs: [[Float]]) -> [Float] {
        let input = inputs[0]
        return places.map { input[Int($0)] }
    }
}
