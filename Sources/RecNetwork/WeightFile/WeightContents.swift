internal import RecCore

/// The contents of a weight file.
struct WeightContents: Sendable {
    /// The names of the tensors in the order of the file, those that cannot be read included.
    var names: [String] = []
    /// The tensors by name.
    var tensors: [String: StoredTensor] = [:]
    /// The reasons why tensors cannot be read, by name.
    ///
    /// They matter only to a network that needs the tensor.
    var unreadable: [String: RecError] = [:]
    /// Free text that the format carries.
    var metadata: [String: String] = [:]
    /// The layers, in formats that group tensors by layer.
    var layers: [WeightFile.Layer] = []

    /// The longest name of a tensor in bytes; longer ones do not occur, and matching names takes time.
    static let maximumNameLength = 4096

    /// Adds a tensor after the others.
    ///
    /// - Returns: Whether its name is new; if not, nothing is added.
    mutating func add(_ name: String, _ tensor: StoredTensor) -> Bool {
        guard tensors[name] == nil, unreadable[name] == nil else { return false }
        names.append(name)
        tensors[name] = tensor
        return true
    }

    /// Adds a tensor that cannot be read, or marks one of that name so.
    mutating func addUnreadable(_ name: String, _ reason: RecError) {
        if tensors.removeValue(forKey: name) == nil, unreadable[name] == nil { names.append(name) }
        unreadable[name] = reason
    }
}
