import ArgumentParser

/// `NAME=1x3x224x224`: an input of a network and its sizes.
struct InputShape: ExpressibleByArgument {
    let name: String
    let sizes: [Int]

    init?(argument: String) {
        // A name may contain '='.
        guard let equals = argument.lastIndex(of: "=") else { return nil }
        let texts = argument[argument.index(after: equals)...].split(separator: "x", omittingEmptySubsequences: false)
        let sizes = texts.compactMap { Int($0) }
        guard equals > argument.startIndex, sizes.count == texts.count, sizes.allSatisfy({ $0 > 0 }) else { return nil }
        name = String(argument[..<equals])
        self.sizes = sizes
    }
}
