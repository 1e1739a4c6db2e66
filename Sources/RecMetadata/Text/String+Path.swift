extension String {
    /// The path of a name in the folder that this is the path of; an empty path is the folder that is current.
    func appending(path name: String) -> String {
        isEmpty || hasSuffix("/") ? self + name : "\(self)/\(name)"
    }
}
