extension Substring {
    /// The text before the first occurrence of a character and the text behind it, which is `nil` when there is none.
    package func parted(at mark: Character) -> (Substring, Substring?) {
        guard let index = firstIndex(of: mark) else { return (self, nil) }
        return (self[..<index], self[index...].dropFirst())
    }
}
