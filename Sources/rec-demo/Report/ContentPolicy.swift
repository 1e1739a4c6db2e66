import RecFiles

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A content security policy that forbids everything but the inline texts it names by their hashes.
enum ContentPolicy {
    /// The policy of a page: these scripts and style sheets, pictures that are inlined, and nothing from anywhere.
    static func allowing(scripts: [String], styles: [String]) -> String {
        """
        default-src 'none'; script-src \(sources(scripts)); style-src \(sources(styles)); img-src data:; \
        base-uri 'none'; form-action 'none'
        """
    }

    private static func sources(_ texts: [String]) -> String {
        guard !texts.isEmpty else { return "'none'" }
        return texts.map { text in
            var hash = SHA256()
            hash.update(Array(text.utf8))
            return "'sha256-\(Data(hash.digest).base64EncodedString())'"
        }.joined(separator: " ")
    }
}
