import Foundation

/// Which folder is at a path, behind links: two paths may lead to one folder, and a path to another folder later.
struct FileIdentity: Hashable, Sendable {
    private let device: Int
    private let number: Int

    /// `nil` when there is nothing at the path.
    init?(_ path: String) {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let device = attributes[.systemNumber] as? Int,
            let number = attributes[.systemFileNumber] as? Int
        else { return nil }
        self.device = device
        self.number = number
    }
}
